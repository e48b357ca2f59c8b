package dev.gradc;

import dev.gradc.data.DataException;
import dev.gradc.source.SourceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is wrong with several files, each in its own words. */
public final class Faults extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<RuntimeException> faults;

    private Faults(List<RuntimeException> faults) {
        super(faults.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** A {@link SourceException}, {@link DataException} or {@link LimitException} for each file that is at fault. */
    public List<RuntimeException> list() {
        return faults;
    }

    /** Does {@code work} for all of {@code items}, also if it fails for some; throws what was wrong with them at the end. */
    static <T> void forEach(Collection<T> items, Consumer<T> work) {
        List<RuntimeException> faults = new ArrayList<>();
        for (T item : items) {
            try {
                work.accept(item);
            } catch (SourceException | DataException | LimitException e) {
                faults.add(e);
            }
        }
        if (!faults.isEmpty()) {
            throw new Faults(faults);
        }
    }
}
