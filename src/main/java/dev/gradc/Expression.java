package dev.gradc;

import dev.gradc.data.DataException;
import dev.gradc.data.NumberArray;
import dev.gradc.emit.GeneratedFile;
import dev.gradc.emit.JavaEmitter;
import dev.gradc.emit.MethodUnit;
import dev.gradc.emit.Options;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.simplify.Unfolding;
import dev.gradc.source.SourceFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final Compiler compiler;
    private final Program program;
    private final Set<Tensor> named;
    private final boolean written;

    /**
     * @param named what keeps its name, defined on a line of its own, when it is simplified
     * @param written whether it is printed as the user wrote it, and not simplified for reading
     */
    private Expression(Compiler compiler, Program program, Set<Tensor> named, boolean written) {
        this.compiler = compiler;
        this.program = program;
        this.named = named;
        this.written = written;
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
        Compiler compiler = new Compiler();
        return DeepStack.call(() -> new Expression(
                compiler, compiler.expression(text, variables, known).program(), Set.of(), true));
    }

    /** The names of its variables, in the order of their first occurrence. */
    public List<String> variables() {
        return program.arguments().stream().map(Tensor::name).toList();
    }

    /** The extents of its value; none for a scalar. */
    public int[] shape() {
        return result().shape().extents().stream()
                .mapToInt(extent -> (int) ((Constant) extent).value())
                .toArray();
    }

    /** What it is the value of. */
    Tensor result() {
        return program.results().get(0);
    }

    /**
     * The partial derivative in {@code variable}, simplified; of and in tensors, one of the shape of the value followed by that of the
     * variable. In a name that does not occur it is 0.
     */
    public Expression derivative(String variable) {
        return DeepStack.call(() -> program.arguments().stream()
                .filter(tensor -> tensor.name().equals(variable))
                .findFirst()
                .map(wrt -> new Expression(compiler, compiler.partial(program, wrt), named, false))
                .orElseGet(() -> parse("0")));
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
        if (shape().length > 0 || program.arguments().isEmpty()) {
            throw new IllegalStateException("only a scalar formula of variables can be compiled with its gradient");
        }
        GeneratedFile source = DeepStack.call(() -> {
            Program flat = FlatArguments.of(program);
            FunctionUnit function = new FunctionUnit("value", "", "", flat, List.of());
            Request gradient = new Request(Kind.GRADIENT, flat.arguments(), Map.of(), false);
            return JavaEmitter.functions(
                    "",
                    "Formula",
                    "",
                    List.of(
                            new MethodUnit("value", "", "", compiler.value(function), Optional.empty()),
                            new MethodUnit(
                                    "gradient",
                                    "",
                                    "",
                                    compiler.derivative(function, gradient),
                                    Optional.of(gradient))),
                    Options.DEFAULT);
        });
        int size = program.arguments().stream()
                .mapToInt(tensor -> tensor.shape().size())
                .sum();
        return GradientFunction.load(source, variables(), size);
    }

    /** The same formula in the form that people write, where that is the shorter way to a further derivative. */
    Expression readable() {
        return written
                ? this
                : DeepStack.call(() -> new Expression(compiler, compiler.readable(program, named), named, false));
    }

    /** Its value where the scalars are {@code point}. */
    public double at(Map<String, Double> point) {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        point.forEach((name, value) -> arrays.put(name, NumberArray.scalar(value)));
        return evaluate(arrays).values()[0];
    }

    /** Its value where the variables are {@code point}. */
    public NumberArray evaluate(Map<String, NumberArray> point) {
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        for (Tensor variable : program.arguments()) {
            NumberArray array = point.get(variable.name());
            if (array == null) {
                throw new DataException("expression", "no value for " + variable);
            }
            arguments.put(variable, array.values());
        }
        return DeepStack.call(() -> {
            Map<Tensor, double[]> all =
                    new Interpreter(Precision.DOUBLE).run(compiler.stable("expression", program), arguments);
            return new NumberArray(shape(), all.get(result()));
        });
    }

    /** The formula in {@code notation}. */
    public String print(Notation notation) {
        return print(notation, !written);
    }

    /** @param simplified whether to bring it into the form that people write; what it is worth stays the same */
    String print(Notation notation, boolean simplified) {
        return DeepStack.call(() -> new Printer(notation).print(shown(simplified)));
    }

    /** What is printed of it. */
    Program shown(boolean simplified) {
        return simplified ? compiler.shown(program, named) : Unfolding.of(program);
    }

    /** Several of one formula as one program with their results. */
    static Program together(List<Expression> expressions) {
        Expression first = expressions.get(0);
        Map<Tensor, List<Definition>> definitions = new LinkedHashMap<>();
        for (Expression expression : expressions) {
            Map<Tensor, List<Definition>> own = expression.program.definitions().stream()
                    .collect(Collectors.groupingBy(Definition::target, LinkedHashMap::new, Collectors.toList()));
            own.forEach(definitions::putIfAbsent);
        }
        return new Program(
                first.program.arguments(),
                definitions.values().stream().flatMap(List::stream).toList(),
                expressions.stream().map(Expression::result).toList());
    }

    /** What is printed of them. */
    static Program shown(List<Expression> expressions, boolean simplified) {
        Expression first = expressions.get(0);
        Program whole = together(expressions);
        return simplified ? first.compiler.shown(whole, first.named) : Unfolding.of(whole);
    }

    /** {@code wanted}, or something like it that no variable is called. */
    String freeName(String wanted) {
        String name = wanted;
        while (variables().contains(name)) {
            name += "_";
        }
        return name;
    }

    /** What a file defines, under the names that it gives. */
    static Expression of(Compiler compiler, Program program) {
        return new Expression(compiler, program, Compiler.named(program), true);
    }

    /** Its variables, in the order of their first occurrence. */
    List<Tensor> arguments() {
        return program.arguments();
    }

    /** The formula in the language's own notation. */
    @Override
    public String toString() {
        return print(Notation.TEXT);
    }
}
