package dev.gradc.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command on formulas that shows their numbers at a point, too, if it is given one. */
abstract class PointCommand extends FormulaCommand {

    @Option(names = "--at", paramLabel = "x=1,y=2", description = "Show the values there, too.")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "A=3,3",
            description = "The extents of a variable that is a vector or a matrix.")
    private List<String> shapes = new ArrayList<>();

    /** The point, as {@code x=1,y=2}; empty without one. */
    final List<String> at() {
        return at;
    }

    final List<String> shapes() {
        return shapes;
    }
}
