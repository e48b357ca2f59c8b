package dev.gradc.lower.code;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A function at neighbouring elements: {@code target[run] = function(source[run])}.
 *
 * @param run the loops of the definition that walk through both arrays as one loop would, the outermost first; the others stand
 *     around it
 */
public record Application(Function function, Access target, Access source, List<Index> run) implements Block {

    /** Shorter rows are not worth a call. */
    private static final long LEAST = 16;

    public Application {
        run = List.copyOf(run);
    }

    /** {@code definition} as one of {@code functions} at the entries of a row, if it is that and the row is long. */
    public static Optional<Application> of(Definition definition, Set<Function> functions) {
        if (definition.combine() != Combine.ASSIGN
                || !(definition.body() instanceof Call call && functions.contains(call.function()))
                || !(call.argument(0) instanceof Access source)
                || Types.isInteger(source.tensor())
                || !definition.loops().stream().allMatch(loop -> loop.low() instanceof Constant)) {
            return Optional.empty();
        }
        Access target = definition.element();
        Set<Index> loops = Set.copyOf(definition.loops());
        Map<Index, Affine> inTarget = Strides.of(target, loops);
        Map<Index, Affine> inSource = Strides.of(source, loops);
        if (inTarget == null || inSource == null || !inTarget.keySet().equals(inSource.keySet())) {
            return Optional.empty();
        }
        List<Index> walking =
                definition.loops().stream().filter(inTarget::containsKey).toList();
        List<Index> run = Strides.run(walking, List.of(inTarget, inSource), Strides.contiguous(inTarget, inSource));
        return Strides.length(run) < LEAST
                ? Optional.empty()
                : Optional.of(new Application(call.function(), target, source, run));
    }

    @Override
    public List<Index> loops() {
        return run;
    }

    @Override
    public Optional<Expr> guard() {
        return Optional.empty();
    }

    @Override
    public Code code(boolean adds) {
        return new Code.Apply(this);
    }

    @Override
    public Application renamed(Rewrite rewrite) {
        return new Application(function, (Access) rewrite.apply(target), (Access) rewrite.apply(source), run);
    }
}
