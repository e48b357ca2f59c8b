package dev.gradc.lower.tune;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Strides;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Loops that only copy neighbouring elements, as copies of whole runs, and these as copies of rows. */
public final class Copies {

    /** Shorter runs are faster in a loop. */
    private static final long LEAST = 8;

    /** A copy of a longer run is not made faster by being one of many. */
    private static final long LONGEST = 256;

    private final Body body;

    /** Whether there is something to call that works on rows. */
    private final boolean copiesRows;

    private Copies(Body body) {
        this.body = body;
        copiesRows = body.products().findAny().isPresent();
    }

    public static Body of(Body body) {
        return new Body(new Copies(body).block(body.code()), body.names(), body.buffers());
    }

    private List<Code> block(List<Code> code) {
        return code.stream().flatMap(this::item).toList();
    }

    private Stream<Code> item(Code item) {
        if (item instanceof Code.When when) {
            return Stream.of(new Code.When(when.condition(), block(when.body())));
        }
        if (!(item instanceof Code.Loop loop)) {
            return Stream.of(item);
        }
        List<Code> inside = block(loop.body());
        List<Code> statements = new ArrayList<>(inside);
        statements.removeIf(Code.Heading.class::isInstance);
        if (statements.size() == 1
                && statements.get(0) instanceof Code.Store store
                && store.combine() == Combine.ASSIGN
                && store.value() instanceof Access source
                && !body.names().containsKey(source)
                && isRun(loop.index(), store.element(), source)) {
            Code copy = new Code.Copy(loop.index(), store.element(), source);
            return inside.stream().map(statement -> statement == store ? copy : statement);
        }
        if (statements.size() == 1 && statements.get(0) instanceof Code.Copy copy && areRows(loop, copy)) {
            Code rows = new Code.CopyRows(loop.index(), copy);
            return inside.stream().map(statement -> statement == copy ? rows : statement);
        }
        return Stream.of(loop.around(inside));
    }

    private boolean isRun(Index loop, Access target, Access source) {
        boolean sameType = Types.isInteger(target.tensor()) == Types.isInteger(source.tensor());
        boolean isLong =
                !(loop.low() instanceof Constant && loop.high() instanceof Constant) || Strides.extent(loop) >= LEAST;
        return sameType
                && isLong
                && stride(target, loop).equals(Strides.ONE)
                && stride(source, loop).equals(Strides.ONE);
    }

    private boolean areRows(Code.Loop loop, Code.Copy copy) {
        return copiesRows
                && Strides.isWithin(copy.run(), LONGEST)
                && copy.run().low() == Constant.ZERO
                && loop.index().low() == Constant.ZERO
                && stride(copy.target(), loop.index()).equals(Affine.of(Strides.extent(copy.run())))
                && Strides.typical(stride(copy.source(), loop.index())) > 0;
    }

    private Affine stride(Access access, Index loop) {
        Map<Index, Affine> strides = Strides.of(body.buffer(access.tensor()), access.subscripts(), Set.of(loop));
        return strides == null ? Strides.NONE : strides.getOrDefault(loop, Strides.NONE);
    }
}
