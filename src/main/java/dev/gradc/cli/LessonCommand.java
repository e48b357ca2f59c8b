package dev.gradc.cli;

import dev.gradc.task.Explanation;

/** A command that shows a formula taken apart, perhaps with the numbers at a point. */
abstract class LessonCommand extends PointCommand {

    final Explanation.Request request() {
        return new Explanation.Request(subject(), function(), at(), shapes(), settings());
    }
}
