package dev.gradc.explain;

import dev.gradc.ir.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ways that lead from a variable through modules to the result: the products that the chain rule sums up. */
final class Paths {

    private final Lesson lesson;
    private final Tensor variable;
    private final Deque<LocalDerivative> path = new ArrayDeque<>();
    private final List<List<LocalDerivative>> found = new ArrayList<>();

    private Paths(Lesson lesson, Tensor variable) {
        this.lesson = lesson;
        this.variable = variable;
    }

    /** How many there are; as a floating-point number, as there may be more than atoms. */
    static double count(Lesson lesson, Tensor variable) {
        Map<Tensor, Double> counts = new HashMap<>();
        counts.put(variable, 1.0);
        for (LocalDerivative local : lesson.locals()) {
            counts.merge(local.of(), counts.getOrDefault(local.by(), 0.0), Double::sum);
        }
        return counts.getOrDefault(lesson.result(), 0.0);
    }

    /** Each of them, from the result inwards. */
    static List<List<LocalDerivative>> of(Lesson lesson, Tensor variable) {
        Paths paths = new Paths(lesson, variable);
        paths.extend(lesson.result());
        return paths.found;
    }

    private void extend(Tensor at) {
        if (at == variable) {
            found.add(List.copyOf(path));
            return;
        }
        for (LocalDerivative local : lesson.localsOf(at)) {
            path.addLast(local);
            extend(local.by());
            path.removeLast();
        }
    }
}
