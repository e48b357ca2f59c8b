package dev.gradc.diff;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import java.util.LinkedHashMap;
import java.util.Map;

/** A scalar formula of scalars, compiled, at a point. */
final class Formula {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);

    private final FunctionUnit function;
    private final Map<Tensor, double[]> point = new LinkedHashMap<>();

    private Formula(FunctionUnit function, double... values) {
        this.function = function;
        for (int i = 0; i < values.length; i++) {
            point.put(function.program().arguments().get(i), new double[] {values[i]});
        }
    }

    /** A formula of {@code x}. */
    static Formula at(String text, double x) {
        return new Formula(Snippets.formula(text, "x"), x);
    }

    /** A formula of {@code x} and {@code y}. */
    static Formula at(String text, double x, double y) {
        return new Formula(Snippets.formula(text, "x", "y"), x, y);
    }

    /** A formula of {@code x}, {@code y} and {@code w}. */
    static Formula at(String text, double x, double y, double w) {
        return new Formula(Snippets.formula(text, "x", "y", "w"), x, y, w);
    }

    double value() {
        Program program = new Compiler().stable("formula", function.program());
        return EXACT.run(program, point).get(program.results().get(0))[0];
    }

    /** The derivative in the first variable. */
    double slope() {
        return gradient()[0];
    }

    double[] gradient() {
        return derivative(Kind.GRADIENT, 1);
    }

    /** The second derivatives, row by row. */
    double[] hessian() {
        return derivative(Kind.HESSIAN, 2);
    }

    private double[] derivative(Kind kind, int result) {
        Request request = new Request(kind, function.program().arguments(), Map.of(), false);
        Compiler compiler = new Compiler();
        Program program = compiler.derivative(compiler.stable(function), request);
        return EXACT.run(program, point).get(program.results().get(result));
    }
}
