package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Loops that only copy neighbouring elements, as copies of whole runs. */
final class Copies {

    /** Shorter runs are faster in a loop. */
    private static final long LEAST = 8;

    private final Body body;

    private Copies(Body body) {
        this.body = body;
    }

    static Body of(Body body) {
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
        return Stream.of(new Code.Loop(loop.index(), loop.descending(), inside));
    }

    private boolean isRun(Index loop, Access target, Access source) {
        boolean sameType = Types.isInteger(target.tensor()) == Types.isInteger(source.tensor());
        boolean isLong =
                !(loop.low() instanceof Constant && loop.high() instanceof Constant) || Strides.extent(loop) >= LEAST;
        return sameType && isLong && stride(target, loop) == 1 && stride(source, loop) == 1;
    }

    private long stride(Access access, Index loop) {
        Map<Index, Long> strides = Strides.of(body.buffer(access.tensor()), access.subscripts(), Set.of(loop));
        return strides == null ? 0 : strides.getOrDefault(loop, 0L);
    }
}
