package dev.gradc.lower.prepare;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Contraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Transposes a matrix by which a recurrence multiplies at every step, and which it does not change, once before it: what
 * {@code a[n,i] = sum[l](h[n,l]*U[i,l])} reads as columns, the kernels would have to bring into rows at every step.
 */
public final class Transposes {

    private final Set<Tensor> computed;
    private final List<Definition> transposes = new ArrayList<>();

    private Transposes(List<Definition> definitions) {
        computed = definitions.stream().map(Definition::target).collect(Collectors.toSet());
    }

    public static List<Definition> of(List<Definition> definitions) {
        Transposes result = new Transposes(definitions);
        List<Definition> users = definitions.stream().map(result::of).toList();
        return Stream.concat(result.transposes.stream(), users.stream()).toList();
    }

    private Definition of(Definition definition) {
        if (definition.recurrences().isEmpty()) {
            return definition;
        }
        return Contraction.of(definition)
                .filter(product -> product.form() == Contraction.Form.DOTS)
                .flatMap(product -> transposed(definition, product.right(), product.depth(), product.columns())
                        .or(() -> transposed(definition, product.left(), product.depth(), product.rows())))
                .orElse(definition);
    }

    /** The same with {@code matrix} by rows, if that makes rows of the product, and the matrix stays as it is. */
    private Optional<Definition> transposed(Definition user, Access matrix, List<Index> rows, List<Index> columns) {
        List<Index> loops = Stream.concat(rows.stream(), columns.stream()).toList();
        boolean steady = !computed.contains(matrix.tensor())
                && loops.stream().allMatch(loop -> loop.high() instanceof Constant)
                && loops.containsAll(Walk.indices(matrix.subscripts()));
        if (!steady) {
            return Optional.empty();
        }
        Temporary transpose =
                new Temporary(user.within(List.of()), matrix.tensor().name() + "Transposed", loops);
        Definition changed = user.withBody(
                Rewrite.substituting(Map.of(matrix, transpose.element())).apply(user.body()));
        boolean byRows = Contraction.of(changed)
                .filter(product -> product.form() == Contraction.Form.ROWS)
                .isPresent();
        if (!byRows) {
            return Optional.empty();
        }
        transposes.add(transpose.definition(Combine.ASSIGN, loops, matrix));
        return Optional.of(changed);
    }
}
