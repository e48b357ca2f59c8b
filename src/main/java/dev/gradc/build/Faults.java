package dev.gradc.build;

import dev.gradc.data.DataException;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** A {@link SourceException} or {@link DataException} for each file that is at fault. */
    public List<RuntimeException> list() {
        return faults;
    }

    /** What makes two diagnostics one, though the hints name the calls that have led to it. */
    private record Mistake(Span place, String message) {}

    /**
     * Does {@code work} for all of {@code items}, also if it fails for some; throws what was wrong with them at the end. An error in
     * a file that several others import is told once.
     */
    static <T> void forEach(Collection<T> items, Consumer<T> work) {
        List<RuntimeException> faults = new ArrayList<>();
        Set<Mistake> told = new HashSet<>();
        for (T item : items) {
            try {
                work.accept(item);
            } catch (SourceException e) {
                List<Diagnostic> untold = e.diagnostics().stream()
                        .filter(diagnostic -> told.add(new Mistake(diagnostic.focus(), diagnostic.message())))
                        .toList();
                if (!untold.isEmpty()) {
                    faults.add(new SourceException(untold));
                }
            } catch (DataException e) {
                faults.add(e);
            }
        }
        if (!faults.isEmpty()) {
            throw new Faults(faults);
        }
    }
}
