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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilationTest {

    @TempDir
    private Path root;

    @Test
    void theFolderIsThePackageUnlessTheSourceNamesOne() throws IOException {
        write("com/acme/one.nn", "function f(x) = x\n");
        write("com/acme/two.nn", "package org.other\nfunction f(x) = x\n");
        write("three.nn", "function f(x) = x\n");
        List<Path> written = compile("com/acme/one.nn", "com/acme/two.nn", "three.nn");
        assertEquals(
                List.of("com/acme/One.java", "org/other/Two.java", "Three.java"),
                written.stream().map(this::relative).toList());
    }

    @Test
    void theClassIsCalledAsTheFile() throws IOException {
        write("fast-fourier transform.nn", "function f(x) = x\n");
        List<Path> written = compile("fast-fourier transform.nn");
        assertEquals(
                List.of("FastFourierTransform.java"),
                written.stream().map(this::relative).toList());
    }

    @Test
    void aFolderThatIsNoPackageIsNamed() throws IOException {
        write("my-models/one.nn", "function f(x) = x\n");
        assertEquals(
                List.of("my-models/one.nn: error: its package would be my-models, which is no name in Java; "
                        + "the source can say another"),
                faults("my-models/one.nn"));
    }

    @Test
    void aMatrixThatNoArrayHoldsIsRefusedAtOnce() throws IOException {
        write("a.nn", "function f(x[100000]) = sum(sin(x)*x) derive hessian sparse\n");
        assertEquals(
                List.of("a.nn: error: the hessian of f has 10,000,000,000 entries, more than an array holds; "
                        + "ask for a product, jvp, vjp or hvp, instead"),
                faults("a.nn"));
    }

    @Test
    void twoSourcesOfOneClassAreNamed() throws IOException {
        write("a.nn", "package p\nfunction f(x) = x\n");
        write("p/a.nn", "function f(x) = x\n");
        assertEquals(
                List.of(
                        "p/a.nn:1:10: error: this file's functions and the functions from a.nn:2:10 both become p/A.java\n"
                                + "  1 | function f(x) = x\n"
                                + "    |          ^\n"
                                + "  hint: classes are called after a network, those of functions after their file"),
                faults("a.nn", "p/a.nn"));
        assertFalse(Files.exists(root.resolve("out")));
    }

    /** Each part of a file is told once, also where only some file systems would lose a class. */
    @Test
    void twoClassesOfOneFileAreNamed() throws IOException {
        String network = "network %s {\n input x\n param w = 0\n loss (w*x)^2\n}\n";
        write(
                "ab.nn",
                "function f(x) = x\n"
                        + String.format(network, "Ab")
                        + String.format(network, "aB")
                        + String.format(network, "AbForward"));
        List<String> messages = Stream.of(faults("ab.nn").get(0).split("\n"))
                .filter(line -> line.contains("error: "))
                .toList();
        assertEquals(
                List.of(
                        "ab.nn:2:9: error: this network and the functions from ab.nn:1:10 both become Ab.java",
                        "ab.nn:7:9: error: this network becomes aB.java, the functions from ab.nn:1:10 Ab.java, "
                                + "which many file systems take for the same",
                        "ab.nn:12:9: error: this network and the network at ab.nn:2:9 both become AbForward.java"),
                messages);
        assertFalse(Files.exists(root.resolve("out")));
    }

    @Test
    void whereNoFolderCanBeIsToldOnce() throws IOException {
        write("out", "a file\n");
        write("a.nn", "function f(x) = x\nnetwork N {\n input x\n param w = 0\n loss (w*x)^2\n}\n");
        String folder = root.resolve("out").toString();
        assertEquals(
                folder + ": error: no folder can be made here: " + folder + " is a file",
                assertThrows(DataException.class, () -> compile("a.nn")).getMessage());
    }

    @Test
    void anErrorInAnImportIsToldOnce() throws IOException {
        write("parts.nn", "function square(x) = y^2\n");
        write("a.nn", "import \"parts.nn\"\nfunction f(x) = square(x)\n");
        write("b.nn", "import \"parts.nn\"\nfunction f(x) = square(x)\n");
        List<String> faults = faults("a.nn", "b.nn", "parts.nn");
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).startsWith("parts.nn:1:22: error: "), faults::toString);
    }

    @Test
    void aMethodThatTheJdkHasNotIsMissedWhereAnImportNamesIt() throws IOException {
        write(
                "parts.nn",
                "native lost(x) = java.lang.Math.lost derivative 1\nnative spare(x) = java.lang.Math.no derivative 1\n");
        write("a.nn", "import \"parts.nn\"\nfunction f(x) = lost(x)\n");
        List<String> faults = faults("a.nn");
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).startsWith("parts.nn:1:18: error: java.lang.Math has no method"), faults::toString);
    }

    /** The library's layers are not the user's: there the call is the place. */
    @Test
    void anErrorInAnImportNamesTheCall() throws IOException {
        write("parts.nn", "layer twice(x[n], m) {\n param W[m,n] ~ zeros\n return W@W@x + dense(x, 0)\n}\n");
        write("a.nn", "import \"parts.nn\"\nnetwork N {\n input x[2]\n output h = twice(x, 5)\n loss sum(h)\n}\n");
        assertEquals(
                List.of("parts.nn:3:10: error: inner dimensions differ: W is [5,2], W is [5,2]\n"
                        + "  3 |  return W@W@x + dense(x, 0)\n"
                        + "    |         ~^~\n"
                        + "  hint: W@W needs as many columns in W as W has rows (called at a.nn:4:13)\n"
                        + "parts.nn:3:17: error: a dimension must be a positive integer, not 0\n"
                        + "  3 |  return W@W@x + dense(x, 0)\n"
                        + "    |                 ^~~~~~~~~~~\n"
                        + "  hint: in dense, layers.nn:8: param W[m,n] ~ glorotUniform (called at a.nn:4:13)"),
                faults("a.nn"));
    }

    @Test
    void anImportMayClimbUpToTheSourceRoot() throws IOException {
        write("parts/square.nn", "function square(x) = x^2\n");
        write("a/first.nn", "import \"../parts/square.nn\"\nfunction f(x) = square(x)\n");
        assertEquals(1, compile("a/first.nn").size());
        write("a/second.nn", "import \"../../square.nn\"\nfunction f(x) = square(x)\n");
        assertTrue(faults("a/second.nn").get(0).contains("leaves the source root"));
    }

    private List<Path> compile(String... files) {
        List<String> paths =
                Stream.of(files).map(file -> root.resolve(file).toString()).toList();
        Compilation.Request request = new Compilation.Request(
                paths,
                root.resolve("out"),
                Optional.of(root),
                Optional.empty(),
                Precision.DOUBLE,
                Backend.PORTABLE,
                Map.of());
        return Compilation.run(request, Dumps.NONE);
    }

    private List<String> faults(String... files) {
        return assertThrows(Faults.class, () -> compile(files)).list().stream()
                .map(fault -> fault.getMessage().replace(root.toString() + "/", ""))
                .toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String relative(Path file) {
        return root.resolve("out").relativize(file).toString().replace('\\', '/');
    }
}
