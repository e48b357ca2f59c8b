package dev.gradc.cli;

import dev.gradc.task.Explanation;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that shows a formula taken apart, perhaps with the numbers at a point. */
abstract class LessonCommand extends FormulaCommand {

    @Option(names = "--at", paramLabel = "x=1,y=2", description = "Show the values and derivatives there, too.")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "A=3,3",
            description = "The extents of a variable that is a vector or a matrix.")
    private List<String> shapes = new ArrayList<>();

    final Explanation.Request request() {
        return new Explanation.Request(subject(), function(), at, shapes, settings());
    }
}
