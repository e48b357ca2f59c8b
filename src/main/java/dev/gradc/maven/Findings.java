package dev.gradc.maven;

import dev.gradc.Faults;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.messages.Messages;
import org.sonatype.plexus.build.incremental.BuildContext;
import org.sonatype.plexus.build.incremental.DefaultBuildContext;

/** Says what is wrong with the sources: to the log and, inside an IDE, by marks at their places. */
final class Findings {

    private final Log log;
    private final Messages marks;
    private final boolean insideIde;

    /**
     * @param ide what an IDE puts in the place of the default, which would only log what is logged here already
     */
    Findings(Log log, Messages marks, BuildContext ide) {
        this.log = log;
        this.marks = marks;
        this.insideIde = !(ide instanceof DefaultBuildContext);
    }

    /** Removes the marks of earlier runs. */
    void forget(List<String> sources) {
        sources.forEach(source -> marks.clear(Path.of(source)));
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
        if (insideIde) {
            SourceFile file = diagnostic.focus().file();
            int start = diagnostic.focus().start();
            String hint = diagnostic.hint().map(text -> "\nhint: " + text).orElse("");
            marks.error(Path.of(file.name()))
                    .line(file.line(start))
                    .column(file.column(start))
                    .create(diagnostic.message() + hint);
        }
    }
}
