package dev.gradc.cli;

import dev.gradc.task.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "graph",
        description = "Print the computation graph of a formula, a function or a network.",
        footer = {
            "",
            "Examples:",
            "  gradc graph samples/rings.nn | dot -Tpdf -o rings.pdf",
            "  gradc graph '2/sin(exp(-x))' --at x=-4.499 --format svg"
        })
final class GraphCommand extends FormulaCommand implements Callable<Integer> {

    /** How graphs are printed. */
    enum Format {
        DOT,
        SVG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "EXPR|FILE", description = "A formula, or a file of functions and networks.")
    private String subject;

    @Option(names = "--function", paramLabel = "NAME", description = "Which function or network of the file.")
    private String function;

    @Option(
            names = "--at",
            paramLabel = "x=1,y=2",
            description = "Write the values and derivatives there at the edges.")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "A=3,3",
            description = "The extents of a variable that is a vector or a matrix.")
    private List<String> shapes = new ArrayList<>();

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of a network.")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "dot",
            description = "${COMPLETION-CANDIDATES}; dot by default.")
    private Format format;

    @Override
    public Integer call() {
        checkFormula(subject);
        Explanation.Request request =
                new Explanation.Request(subject, Optional.ofNullable(function), at, shapes, settings);
        print(format == Format.SVG ? Explanation.svg(request) : Explanation.dot(request));
        return Main.DONE;
    }
}
