package dev.gradc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradc.build.Compilation;
import dev.gradc.build.Faults;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Dumps;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.build.incremental.BuildContext;
import org.sonatype.plexus.build.incremental.DefaultBuildContext;
import org.sonatype.plexus.build.incremental.ThreadBuildContext;

class FindingsTest {

    private static final BuildContext COMMAND_LINE = new DefaultBuildContext();
    private static final BuildContext IDE = new ThreadBuildContext();

    @TempDir
    private Path folder;

    private final List<String> logged = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();

    @Test
    void theBuildEndsWithTheOneError() throws IOException {
        String end = end(COMMAND_LINE, "function f(x) = sin(y)\n");
        assertEquals("f.nn:1:21: error: unknown name 'y'", end);
        assertEquals(1, logged.size());
        assertEquals(end, firstLine(logged.get(0)));
    }

    @Test
    void ofSeveralErrorsTheBuildEndsWithTheFirst() throws IOException {
        String end = end(COMMAND_LINE, "function f(x) = sin(y)\nfunction g(x) = x + z\n");
        assertEquals("2 errors in the sources, the first: f.nn:1:21: error: unknown name 'y'", end);
        assertEquals(2, logged.size());
        assertEquals("f.nn:2:21: error: unknown name 'z'", firstLine(logged.get(1)));
    }

    @Test
    void anErrorWithoutAPlaceIsAnErrorToo() {
        assertEquals("g.nn: error: there is no such file", end(COMMAND_LINE, folder.resolve("g.nn")));
        assertEquals(List.of("g.nn: error: there is no such file"), logged);
    }

    @Test
    void anIdeMarksTheLine() throws IOException {
        end(IDE, "function f(x) = x\nfunction g(x) =\n  x + z\n");
        assertEquals(List.of("f.nn 3 7 unknown name 'z'"), marked);
    }

    @Test
    void outsideAnIdeNothingIsSaidTwice() throws IOException {
        end(COMMAND_LINE, "function f(x) = sin(y)\n");
        assertEquals(List.of(), marked);
    }

    @Test
    void marksOfEarlierRunsGo() {
        findings(IDE).forget(List.of("a.nn", "b.nn"));
        assertEquals(List.of("removeMessages a.nn", "removeMessages b.nn"), marked);
    }

    private String end(BuildContext ide, String source) throws IOException {
        return end(ide, Files.writeString(folder.resolve("f.nn"), source));
    }

    /** What the build says at last if this file is at fault. */
    private String end(BuildContext ide, Path file) {
        Compilation.Request request = new Compilation.Request(
                List.of(file.toString()),
                folder,
                Optional.empty(),
                Optional.empty(),
                Precision.DOUBLE,
                Backend.PORTABLE,
                Map.of());
        Faults faults = assertThrows(Faults.class, () -> Compilation.run(request, Dumps.NONE));
        return relative(findings(ide).failure(faults).getMessage());
    }

    private Findings findings(BuildContext ide) {
        SystemStreamLog log = new SystemStreamLog() {
            @Override
            public void error(CharSequence content) {
                logged.add(relative(content.toString()));
            }
        };
        org.codehaus.plexus.build.BuildContext marks = (org.codehaus.plexus.build.BuildContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {org.codehaus.plexus.build.BuildContext.class}, this::mark);
        return new Findings(log, marks, ide);
    }

    private String relative(String text) {
        return text.replace(folder + "/", "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElseThrow();
    }

    /** Takes down what an IDE would mark. */
    private Object mark(Object proxy, Method method, Object[] arguments) {
        String file = relative(arguments[0].toString());
        marked.add(
                method.getName().equals("addMessage")
                        ? file + " " + arguments[1] + " " + arguments[2] + " " + arguments[3]
                        : method.getName() + " " + file);
        return null;
    }
}
