package dev.gradc.lower.tune;

import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Strides;
import java.util.List;
import java.util.Optional;

/** Statements in which some loops become something else. */
final class Loops {

    private Loops() {}

    /** What becomes of a loop whose statements are done so often, about; empty if only those inside it may change. */
    interface Change {
        Optional<Code> of(Code.Loop loop, double trips);
    }

    /** From the outermost loops inwards; {@link Code.When} is the only other statement that is looked into. */
    static List<Code> change(List<Code> code, Change change) {
        return change(code, 1, change);
    }

    private static List<Code> change(List<Code> code, double times, Change change) {
        return code.stream().map(item -> change(item, times, change)).toList();
    }

    private static Code change(Code item, double times, Change change) {
        if (item instanceof Code.When when) {
            return new Code.When(when.condition(), change(when.body(), times, change));
        }
        if (!(item instanceof Code.Loop loop)) {
            return item;
        }
        double trips = times * Strides.trips(loop.index());
        return change.of(loop, trips).orElseGet(() -> loop.around(change(loop.body(), trips, change)));
    }
}
