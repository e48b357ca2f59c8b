package dev.gradc.maven;

import dev.gradc.build.Faults;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.BuildContext;
import org.sonatype.plexus.build.incremental.DefaultBuildContext;

/** Says what is wrong with the sources: to the log and, inside an IDE, by marks at their places. */
final class Findings {

    private final Log log;
    private final BuildContext marks;
    private final boolean insideIde;

    /**
     * @param ide what an IDE puts in the place of the default, which would only log what is logged here already
     */
    Findings(Log log, BuildContext marks, org.sonatype.plexus.build.incremental.BuildContext ide) {
        this.log = log;
        this.marks = marks;
        this.insideIde = !(ide instanceof DefaultBuildContext);
    }

    /** Removes the marks of earlier runs. */
    void forget(List<String> sources) {
        sources.forEach(source -> marks.removeMessages(new File(source)));
    }

    /** Logs and marks every error; returns the one message that ends the build. */
    MojoFailureException failure(Faults faults) {
        List<String> texts = new ArrayList<>();
        for (RuntimeException fault : faults.list()) {
            if (fault instanceof SourceException source) {
                source.diagnostics().forEach(diagnostic -> texts.add(diagnostic.toString()));
                source.diagnostics().forEach(this::mark);
            } else {
                texts.add(fault.getMessage());
            }
        }
        texts.forEach(log::error);
        String first = texts.get(0).lines().findFirst().orElseThrow();
        return new MojoFailureException(
                texts.size() == 1 ? first : texts.size() + " errors in the sources, the first: " + first);
    }

    private void mark(Diagnostic diagnostic) {
        SourceFile file = diagnostic.focus().file();
        // The library has no file that an IDE could open.
        if (insideIde && new File(file.name()).isAbsolute()) {
            String hint = diagnostic.hint().map(text -> "\nhint: " + text).orElse("");
            marks.addMessage(
                    new File(file.name()),
                    diagnostic.line(),
                    diagnostic.column(),
                    diagnostic.message() + hint,
                    BuildContext.SEVERITY_ERROR,
                    null);
        }
    }
}
