package dev.gradc.cli;

import dev.gradc.task.Explanation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class ExplainCommand extends LessonCommand implements Callable<Integer> {

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            description = "Write a page for a browser instead, with the graph drawn.")
    private Path page;

    @Override
    public Integer call() {
        Explanation.Request request = request();
        if (page == null) {
            print(Explanation.text(request));
        } else {
            Explanation.page(request, page);
        }
        return ExitStatus.DONE;
    }
}
