package dev.gradc.cli;

import dev.gradc.task.Explanation;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "graph",
        description = "Print the computation graph of a formula, a function or a network.",
        footer = {
            "",
            "Examples:",
            "  gradc graph samples/rings.nn | dot -Tpdf -o rings.pdf",
            "  gradc graph '2/sin(exp(-x))' --at x=-4.499 --format svg"
        })
final class GraphCommand extends LessonCommand implements Callable<Integer> {

    /** How graphs are printed. */
    enum Format {
        DOT,
        SVG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "dot",
            description = "${COMPLETION-CANDIDATES}; dot by default.")
    private Format format;

    @Override
    public Integer call() {
        Explanation.Request request = request();
        print(format == Format.SVG ? Explanation.svg(request) : Explanation.dot(request));
        return ExitStatus.DONE;
    }
}
