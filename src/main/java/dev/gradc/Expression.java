package dev.gradc;

import dev.gradc.data.NumberArray;
import dev.gradc.emit.JavaEmitter;
import dev.gradc.emit.function.LoweredMethod;
import dev.gradc.emit.function.MethodUnit;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Formula;
import dev.gradc.pipeline.StableFunction;
import dev.gradc.print.Notation;
import dev.gradc.source.SourceFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A formula that can be differentiated, evaluated and printed. Its names are variables; the functions and constants are those of the
 * library. Immutable, safe for threads.
 *
 * <pre>{@code
 * Expression f = Expression.parse("2/sin(exp(-x))");
 * System.out.println(f.derivative("x"));      // 2*cos(exp(-x))*exp(-x)/sin(exp(-x))^2
 * double slope = f.derivative("x").at(Map.of("x", -4.499));
 * }</pre>
 */
public final class Expression {

    private final Formula formula;

    private Expression(Formula formula) {
        this.formula = formula;
    }

    /**
     * Reads a formula of scalars.
     *
     * @throws dev.gradc.source.SourceException with every error in it
     */
    public static Expression parse(String text) {
        return parse(new SourceFile("expression", text), List.of(), Map.of());
    }

    /**
     * Reads a formula.
     *
     * @param variables what the formula is to be a function of, whether it occurs or not; others that occur come after
     * @param shapes the extents of variables that are not scalars
     */
    public static Expression parse(SourceFile text, List<String> variables, Map<String, int[]> shapes) {
        Map<String, Shape> known = new HashMap<>();
        shapes.forEach((name, extents) -> known.put(name, Shape.of(extents)));
        return new Expression(Formula.parse(text, variables, known));
    }

    /** The names of its variables, in the order of their first occurrence. */
    public List<String> variables() {
        return formula.variables();
    }

    /** The extents of its value; none for a scalar. */
    public int[] shape() {
        return formula.shape();
    }

    /**
     * The partial derivative in {@code variable}, simplified; of and in tensors, one of the shape of the value followed by that of the
     * variable. In a name that does not occur it is 0.
     */
    public Expression derivative(String variable) {
        return new Expression(formula.derivative(variable));
    }

    /** The partial derivatives in all variables, by their names, in their order. */
    public Map<String, Expression> gradient() {
        Map<String, Expression> gradient = new LinkedHashMap<>();
        variables().forEach(variable -> gradient.put(variable, derivative(variable)));
        return gradient;
    }

    /** The second partial derivatives, first in the variable of the row, then in that of the column. */
    public Map<String, Map<String, Expression>> hessian() {
        Map<String, Map<String, Expression>> hessian = new LinkedHashMap<>();
        gradient().forEach((variable, partial) -> {
            Map<String, Expression> row = new LinkedHashMap<>();
            variables().forEach(other -> row.put(other, partial.derivative(other)));
            hessian.put(variable, row);
        });
        return hessian;
    }

    /**
     * The formula and its gradient as a compiled function: worth its cost, some tenths of a second, for many points. Needs a JDK at run
     * time; {@link #at} needs none.
     *
     * @throws UnsupportedOperationException if this Java runtime has no compiler, as a JRE
     * @throws IllegalStateException if the value is not a scalar, or there is no variable
     */
    public GradientFunction compile() {
        if (shape().length > 0 || variables().isEmpty()) {
            throw new IllegalStateException("only a scalar formula of variables can be compiled with its gradient");
        }
        Compiler compiler = new Compiler();
        Program program = formula.program();
        GeneratedFile source = DeepStack.call(() -> {
            Program flat = FlatArguments.of(program);
            FunctionUnit function = new FunctionUnit("value", "", "", flat, List.of());
            StableFunction stable = compiler.stable(function);
            Request gradient = new Request(Kind.GRADIENT, flat.arguments(), Map.of(), false);
            return JavaEmitter.functions(
                    "",
                    "Formula",
                    "",
                    List.of(
                            method("value", compiler.value(stable), Optional.empty()),
                            method("gradient", compiler.derivative(stable, gradient), Optional.of(gradient))),
                    Options.DEFAULT);
        });
        int size = program.arguments().stream()
                .mapToInt(tensor -> tensor.shape().size())
                .sum();
        return GradientFunction.load(source, variables(), size);
    }

    private static LoweredMethod method(String name, Program program, Optional<Request> request) {
        return LoweredMethod.of(new MethodUnit(name, "", "", program, request));
    }

    /** Its value where the scalars are {@code point}. */
    public double at(Map<String, Double> point) {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        point.forEach((name, value) -> arrays.put(name, NumberArray.scalar(value)));
        return evaluate(arrays).values()[0];
    }

    /** Its value where the variables are {@code point}. */
    public NumberArray evaluate(Map<String, NumberArray> point) {
        return formula.evaluate(point);
    }

    /** The formula in {@code notation}. */
    public String print(Notation notation) {
        return formula.print(notation);
    }

    /** The formula in the language's own notation. */
    @Override
    public String toString() {
        return print(Notation.TEXT);
    }
}
