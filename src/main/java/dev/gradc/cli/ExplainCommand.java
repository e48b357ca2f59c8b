package dev.gradc.cli;

import dev.gradc.task.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Show step by step how a formula, a function or a network is differentiated.",
        footer = {
            "",
            "Examples:",
            "  gradc explain '2/sin(exp(-x))' --at x=-4.499",
            "  gradc explain 'x*y + sin(x)' --at x=1,y=2 --html lesson.html",
            "  gradc explain samples/rings.nn",
            "",
            "A formula of numbers is taken apart into modules; each has local derivatives,",
            "which the chain rule multiplies, forwards and backwards. The steps are those of",
            "the compiler, which first brings a formula into a form that loses no digits."
        })
final class ExplainCommand extends FormulaCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "EXPR|FILE", description = "A formula, or a file of functions and networks.")
    private String subject;

    @Option(names = "--function", paramLabel = "NAME", description = "Which function or network of the file.")
    private String function;

    @Option(names = "--at", paramLabel = "x=1,y=2", description = "Show the numbers there, too.")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "A=3,3",
            description = "The extents of a variable that is a vector or a matrix.")
    private List<String> shapes = new ArrayList<>();

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of a network.")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            description = "Write a page for a browser instead, with the graph drawn.")
    private Path page;

    @Override
    public Integer call() {
        checkFormula(subject);
        Explanation.Request request =
                new Explanation.Request(subject, Optional.ofNullable(function), at, shapes, settings);
        if (page == null) {
            print(Explanation.text(request));
        } else {
            Explanation.page(request, page);
        }
        return Main.DONE;
    }
}
