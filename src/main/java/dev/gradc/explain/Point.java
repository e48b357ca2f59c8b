package dev.gradc.explain;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A lesson in numbers: the value of everything in it where the variables have given values. */
final class Point {

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
    private final Map<Tensor, double[]> values;
    private final Map<LocalDerivative, Double> locals = new IdentityHashMap<>();
    private final Map<Tensor, Map<Tensor, Double>> forward = new HashMap<>();

    Point(Lesson lesson, Map<Tensor, double[]> arguments) {
        Map<Tensor, double[]> modules = interpreter.run(lesson.modules(), arguments);
        values = interpreter.run(lesson.backward().program(), modules);
        lesson.locals().forEach(local -> locals.put(local, value(local.exact())));
        for (Tensor variable : lesson.variables()) {
            forward.put(variable, forward(lesson, variable));
        }
    }

    /** The value of a variable, a module or an adjoint. */
    double value(Tensor tensor) {
        return values.get(tensor)[0];
    }

    /** The value of a formula of variables, modules and adjoints. */
    double value(Expr expression) {
        if (expression instanceof Constant constant) {
            return constant.value();
        }
        Tensor result = Tensor.derived("term", Shape.SCALAR);
        Definition definition = Definition.map(result, List.of(), expression, "");
        // Only what it reads, as the interpreter looks at all that it is given.
        Map<Tensor, double[]> read = new LinkedHashMap<>();
        Walk.accesses(expression).forEach(access -> read.put(access.tensor(), values.get(access.tensor())));
        Program program = new Program(List.copyOf(read.keySet()), List.of(definition), List.of(result));
        return interpreter.run(program, read).get(result)[0];
    }

    double value(LocalDerivative local) {
        return locals.get(local);
    }

    /** The derivative of {@code module} in {@code variable}: local derivatives, multiplied and summed up on the way. */
    double forward(Tensor module, Tensor variable) {
        return forward.get(variable).getOrDefault(module, 0.0);
    }

    private Map<Tensor, Double> forward(Lesson lesson, Tensor variable) {
        Map<Tensor, Double> slopes = new LinkedHashMap<>();
        slopes.put(variable, 1.0);
        for (LocalDerivative local : lesson.locals()) {
            // What does not depend on the variable contributes nothing, also where its local derivative is infinite.
            if (slopes.containsKey(local.by())) {
                slopes.merge(local.of(), value(local) * slopes.get(local.by()), Double::sum);
            }
        }
        return slopes;
    }
}
