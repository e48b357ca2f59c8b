package dev.gradc.regroup;

import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Adds and multiplies in another order where that takes fewer operations: sums that several derivatives have in common, or that
 * differ in sign only, are worked out once, and common factors are taken out.
 *
 * <p>Differentiation adds and multiplies in an order that nobody chose, so this order may be another one. What the source says stays
 * as it is: the value is worked out as it is written, and so is each part of it that a derivative reads; only a value whose terms cancel
 * is 0. Nothing is multiplied out, since a difference of products may lose every digit of a product with a difference. A sum in
 * another order, or with a factor taken out, has the same bound of its error in terms of its summands.
 */
public final class Regrouping {

    /** Longer code is left as it is: the work grows faster than the code. */
    private static final int LONGEST = 3000;

    /** Ways to go, of which none is the best always. */
    private static final List<Predicate<Rows>> WAYS = List.of(
            rows -> {
                rows.nest();
                rows.factor();
                rows.share();
                return true;
            },
            rows -> {
                rows.nest();
                rows.share();
                rows.factor();
                return true;
            });

    private Regrouping() {}

    /** Whether {@code program} has a value and derivatives, no loops, and real arguments only: integers overflow at other places. */
    public static boolean isPossible(Program program) {
        return program.results().size() > 1
                && program.arguments().stream().noneMatch(Tensor::isInteger)
                && program.definitions().stream()
                        .allMatch(definition -> definition.loops().isEmpty()
                                && definition.recurrences().isEmpty()
                                && definition.combine() == Combine.ASSIGN
                                && program.results().contains(definition.target()))
                && size(bodies(program)) <= LONGEST;
    }

    /**
     * {@code program}, or one that takes fewer operations.
     *
     * @param program definitions of single entries, whose first result is worked out as it is written
     */
    public static Program apply(Program program) {
        Program precise = regrouped(program, Rows::cancel)
                .map(bodies -> with(bodies, program))
                .orElse(program);
        List<Expr> best = Stream.concat(
                        Stream.of(bodies(precise)), WAYS.stream().flatMap(way -> regrouped(precise, way).stream()))
                .min(Comparator.comparingLong(Regrouping::size))
                .orElseThrow();
        return with(best, precise);
    }

    private static Program with(List<Expr> bodies, Program program) {
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            definitions.add(program.definitions().get(i).withBody(bodies.get(i)));
        }
        return program.withDefinitions(definitions);
    }

    /** @param way says whether it has changed anything */
    private static Optional<List<Expr>> regrouped(Program program, Predicate<Rows> way) {
        Pool pool = new Pool();
        Reader reader = new Reader(pool, kept(program, new Reader(pool, List.of())));
        List<Term> roots = bodies(program).stream()
                .map(body -> reader.spread(reader.read(body)))
                .toList();
        Rows rows = new Rows(pool, reader.known(), roots);
        if (!way.test(rows)) {
            return Optional.empty();
        }
        Writer writer = new Writer(pool, reader.known(), rows, roots);
        return writer.isShort() ? Optional.of(roots.stream().map(writer::write).toList()) : Optional.empty();
    }

    /** The values, except those whose terms cancel. */
    private static List<Expr> kept(Program program, Reader reader) {
        Tensor value = program.results().get(0);
        return program.definitions().stream()
                .filter(definition -> definition.target() == value)
                .map(Definition::body)
                .filter(body -> !reader.read(body).isZero())
                .toList();
    }

    private static List<Expr> bodies(Program program) {
        return program.definitions().stream().map(Definition::body).toList();
    }

    /** The operations of straight-line code for {@code bodies}. */
    private static long size(List<Expr> bodies) {
        return Walk.postOrder(bodies).stream()
                .filter(node -> node instanceof Call || node instanceof Select)
                .count();
    }
}
