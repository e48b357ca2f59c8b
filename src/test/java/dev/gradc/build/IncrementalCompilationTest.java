package dev.gradc.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.data.DataException;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Dumps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of two sources and an import, built again and again. */
class IncrementalCompilationTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path project;

    private Path sources;
    private Path output;
    private Precision precision = Precision.DOUBLE;

    @BeforeEach
    void writeSources() throws IOException {
        sources = project.resolve("nn");
        output = project.resolve("target/java");
        write("parts/square.nn", "function square(x) = x^2\n");
        write("a/first.nn", "import \"../parts/square.nn\"\nfunction f(x) = square(x) + 1 derive gradient\n");
        write("b/second.nn", "function g(x) = sin(x) derive gradient\n");
    }

    @Test
    void theFirstRunWritesAll() throws IOException {
        assertEquals(List.of("a/First.java", "b/Second.java", "parts/Square.java"), written(run()));
        assertEquals(List.of("a/First.java", "b/Second.java", "parts/Square.java"), files());
    }

    @Test
    void nothingIsTouchedWhenNothingHasChanged() throws IOException {
        run();
        age();
        IncrementalCompilation.Outcome again = run();
        assertTrue(again.upToDate());
        assertEquals(List.of(), again.written());
        assertEquals(List.of(), touched());
        assertEquals(LONG_AGO, Files.getLastModifiedTime(memory()));
    }

    @Test
    void anEditRewritesOnlyWhatItChanges() throws IOException {
        run();
        age();
        write("b/second.nn", "function g(x) = cos(x) derive gradient\n");
        assertEquals(List.of("b/Second.java"), written(run()));
        assertEquals(List.of("b/Second.java"), touched());
    }

    @Test
    void anEditThatChangesNoMeaningRewritesNothing() throws IOException {
        run();
        age();
        write("b/second.nn", "// The same.\nfunction g(x) = sin(x) derive gradient\n");
        assertFalse(run().upToDate());
        assertEquals(List.of(), touched());
        assertTrue(run().upToDate());
    }

    @Test
    void anImportedFileCountsThoughItIsNotCompiledItself() throws IOException {
        run("a/first.nn");
        age();
        write("parts/square.nn", "function square(x) = x*x*x\n");
        assertEquals(List.of("a/First.java"), written(run("a/first.nn")));
    }

    @Test
    void anOptionCounts() throws IOException {
        write("b/second.nn", "network Line {\n input x\n param w = 0\n output o = w*x\n loss o^2\n}\n");
        run();
        assertTrue(run().upToDate());
        precision = Precision.FLOAT;
        assertTrue(written(run()).contains("b/Line.java"));
    }

    @Test
    void whatADeletedSourceLeftBehindIsDeletedWithItsFolder() throws IOException {
        run();
        Files.delete(sources.resolve("b/second.nn"));
        assertEquals(List.of(output.resolve("b/Second.java")), run().deleted());
        assertFalse(Files.exists(output.resolve("b")));
        assertEquals(List.of("a/First.java", "parts/Square.java"), files());
    }

    @Test
    void aRenamedSourceChangesItsClass() throws IOException {
        run();
        Files.move(sources.resolve("b/second.nn"), sources.resolve("b/third.nn"));
        run();
        assertEquals(List.of("a/First.java", "b/Third.java", "parts/Square.java"), files());
    }

    @Test
    void theLastSourceIsCleanedUpToo() throws IOException {
        run("b/second.nn");
        Files.delete(sources.resolve("b/second.nn"));
        run(new String[0]);
        assertEquals(List.of(), files());
    }

    @Test
    void aFileOfSomebodyElseStays() throws IOException {
        run();
        Files.writeString(output.resolve("b/Mine.java"), "// Mine.");
        Files.delete(sources.resolve("b/second.nn"));
        run();
        assertEquals(List.of("a/First.java", "b/Mine.java", "parts/Square.java"), files());
    }

    @Test
    void anOutputThatSomebodyChangedIsMadeAnew() throws IOException {
        run();
        String before = Files.readString(output.resolve("b/Second.java"));
        Files.writeString(output.resolve("b/Second.java"), "// Changed.");
        Files.delete(output.resolve("a/First.java"));
        assertEquals(List.of("a/First.java", "b/Second.java"), written(run()));
        assertEquals(before, Files.readString(output.resolve("b/Second.java")));
    }

    @Test
    void anErrorChangesNothing() throws IOException {
        run();
        age();
        write("b/second.nn", "function g(x) = sin(y)\n");
        Files.delete(sources.resolve("a/first.nn"));
        assertThrows(Faults.class, this::run);
        assertEquals(List.of("a/First.java", "b/Second.java", "parts/Square.java"), files());
        assertEquals(List.of(), touched());
        write("b/second.nn", "function g(x) = sin(x) derive gradient\n");
        run();
        assertEquals(List.of("b/Second.java", "parts/Square.java"), files());
    }

    @Test
    void aRunThatWasCutShortLeavesNothingForGood() throws IOException {
        // A folder where a file should be: writing the second of three fails.
        Files.createDirectories(output.resolve("b/Second.java/x"));
        assertThrows(Faults.class, this::run);
        assertTrue(files().contains("a/First.java"));
        Files.delete(output.resolve("b/Second.java/x"));
        Files.delete(output.resolve("b/Second.java"));
        Files.delete(sources.resolve("a/first.nn"));
        run();
        assertEquals(List.of("b/Second.java", "parts/Square.java"), files());
    }

    @Test
    void whoWantsToSeeThePassesGetsThemEveryTime() {
        List<String> passes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            passes.clear();
            IncrementalCompilation.run(request(sources()), memory(), Dumps.after("check", passes::add));
            assertEquals(3, passes.size());
        }
    }

    @Test
    void aMemoryThatIsNoneIsNoHindrance() throws IOException {
        run();
        Files.writeString(memory(), "\0\n\n???\ninputs\nfolder \n");
        assertFalse(run().upToDate());
        assertTrue(run().upToDate());
    }

    @Test
    void anotherOutputFolderTakesAllAlong() throws IOException {
        run();
        output = project.resolve("target/elsewhere");
        run();
        assertEquals(List.of("a/First.java", "b/Second.java", "parts/Square.java"), files());
        assertFalse(Files.exists(project.resolve("target/java/a")));
    }

    @Test
    void aCopyOfAProjectDoesNotTouchTheOriginal(@TempDir Path parent) throws IOException {
        run();
        Path original = project;
        Path copy = parent.resolve("copy");
        copyTo(copy);
        project = copy;
        sources = copy.resolve("nn");
        output = copy.resolve("target/java");
        assertTrue(run().upToDate());
        Files.delete(sources.resolve("b/second.nn"));
        run();
        assertEquals(List.of("a/First.java", "parts/Square.java"), files());
        assertTrue(Files.exists(original.resolve("target/java/b/Second.java")));
    }

    @Test
    void aSizeIsOneOfANetworkHereOrWhereTheSettingsAreShared() throws IOException {
        write("net.nn", network("Net", "width"));
        write("other.nn", network("Other", "depth"));
        Compilation.Request request = new Compilation.Request(
                List.of(sources.resolve("net.nn").toString()),
                output,
                Optional.of(sources),
                Optional.empty(),
                precision,
                Backend.PORTABLE,
                Map.of("width", 3.0, "depth", 4.0));
        DataException unknown =
                assertThrows(DataException.class, () -> IncrementalCompilation.run(request, memory(), Dumps.NONE));
        assertTrue(unknown.getMessage().endsWith("error: no network has a size depth"), unknown.getMessage());
        assertFalse(Files.exists(output), "nothing is written");
        Compilation.Request shared =
                request.sharingWith(List.of(sources.resolve("other.nn").toString()));
        assertFalse(IncrementalCompilation.run(shared, memory(), Dumps.NONE)
                .written()
                .isEmpty());
    }

    private static String network(String name, String size) {
        return "network " + name + "(" + size + " = 2) {\n  input x[" + size + "]\n  param w[" + size + "] = 0\n"
                + "  output o = w@x\n  loss o^2\n}\n";
    }

    @Test
    void withoutSourcesNothingIsCreated() {
        assertTrue(run(new String[0]).upToDate());
        assertFalse(Files.exists(project.resolve("target")));
    }

    private IncrementalCompilation.Outcome run() {
        return IncrementalCompilation.run(request(sources()), memory(), Dumps.NONE);
    }

    private IncrementalCompilation.Outcome run(String... files) {
        List<String> paths =
                Stream.of(files).map(file -> sources.resolve(file).toString()).toList();
        return IncrementalCompilation.run(request(paths), memory(), Dumps.NONE);
    }

    private Compilation.Request request(List<String> files) {
        return new Compilation.Request(
                files, output, Optional.of(sources), Optional.empty(), precision, Backend.PORTABLE, Map.of());
    }

    private Path memory() {
        return project.resolve("target/gradc/compile.txt");
    }

    private List<String> sources() {
        return below(sources, ".nn").stream()
                .map(file -> sources.resolve(file).toString())
                .toList();
    }

    private List<String> files() {
        return below(output, ".java");
    }

    private List<String> written(IncrementalCompilation.Outcome outcome) {
        return outcome.written().stream()
                .map(file -> name(output, file))
                .sorted()
                .toList();
    }

    /** Gives all that was written an old date. */
    private void age() throws IOException {
        for (String file : files()) {
            Files.setLastModifiedTime(output.resolve(file), LONG_AGO);
        }
        Files.setLastModifiedTime(memory(), LONG_AGO);
    }

    private List<String> touched() throws IOException {
        List<String> touched = new ArrayList<>(files());
        for (String file : files()) {
            if (Files.getLastModifiedTime(output.resolve(file)).equals(LONG_AGO)) {
                touched.remove(file);
            }
        }
        return touched;
    }

    private void write(String path, String text) throws IOException {
        Path file = sources.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(project.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static List<String> below(Path folder, String end) {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(new TreeSet<>(files.filter(Files::isRegularFile)
                    .map(file -> name(folder, file))
                    .filter(name -> name.endsWith(end))
                    .toList()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
