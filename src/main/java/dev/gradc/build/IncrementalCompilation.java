package dev.gradc.build;

import dev.gradc.build.Compilation.Request;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.pipeline.Dumps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles for builds, which call it again and again: does nothing if nothing has changed since the last run, touches only files
 * whose content changes, and deletes what it once made from sources that are gone.
 */
public final class IncrementalCompilation {

    private static final Outcome UP_TO_DATE = new Outcome(true, List.of(), List.of());

    private IncrementalCompilation() {}

    /**
     * What a run did.
     *
     * @param upToDate whether nothing had changed, so that nothing was compiled
     * @param written the files that are new or have another content now
     * @param deleted the files that no source is compiled to any more
     */
    public record Outcome(boolean upToDate, List<Path> written, List<Path> deleted) {
        public Outcome {
            written = List.copyOf(written);
            deleted = List.copyOf(deleted);
        }
    }

    /**
     * Compiles the files if need be; if one is in error, the output folder stays as it is.
     *
     * @param request where a source root is given, all sources below it count as possible imports
     * @param memory the file in which it remembers this run for the next one; without it everything counts as changed
     * @param dumps to be shown the passes, all files are compiled in any case
     * @throws Faults with what is wrong with each file
     */
    public static Outcome run(Request request, Path memory, Dumps dumps) {
        Path file = memory.toAbsolutePath().normalize();
        LastRun last = LastRun.read(file);
        if (request.files().isEmpty() && last.outputs().isEmpty()) {
            return UP_TO_DATE;
        }
        OutputFolder folder = new OutputFolder(request.destination());
        // Before the sources are read: what changes meanwhile counts as changed next time.
        String inputs = Inputs.fingerprint(request);
        boolean known = last.inputs().equals(inputs) && last.folder().equals(folder.root());
        if (known && last.stands() && dumps == Dumps.NONE) {
            return UP_TO_DATE;
        }
        List<GeneratedFile> generated = Compilation.generate(request, dumps);
        LastRun now = new LastRun(inputs, folder.root(), fingerprints(generated));
        List<Path> deleted = deleteStale(last, now);
        // Should this run be cut short, the next one knows what it may have left behind.
        now.unfinished().write(file);
        List<Path> written = write(generated, folder);
        now.write(file);
        return new Outcome(false, written, deleted);
    }

    private static SortedMap<String, String> fingerprints(List<GeneratedFile> generated) {
        SortedMap<String, String> outputs = new TreeMap<>();
        generated.forEach(
                file -> outputs.put(file.path(), Fingerprint.of(file.text().getBytes(StandardCharsets.UTF_8))));
        return outputs;
    }

    /** Comes before writing: where letter case makes no difference, an old name may be that of a new file. */
    private static List<Path> deleteStale(LastRun last, LastRun now) {
        OutputFolder folder = new OutputFolder(last.folder());
        boolean moved = !last.folder().equals(now.folder());
        return last.outputs().keySet().stream()
                .filter(path -> moved || !now.outputs().containsKey(path))
                .filter(folder::delete)
                .map(folder::resolve)
                .toList();
    }

    private static List<Path> write(List<GeneratedFile> generated, OutputFolder folder) {
        List<Path> written = new ArrayList<>();
        Faults.forEach(generated, file -> {
            if (folder.write(file.path(), file.text())) {
                written.add(folder.resolve(file.path()));
            }
        });
        return written;
    }
}
