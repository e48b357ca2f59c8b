package dev.gradc;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.load.LoadedClasses;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A formula with its gradient, compiled in memory to Java classes. Made by {@link
 * Expression#compile}. Immutable, safe for threads; a call of a formula of scalars allocates nothing.
 *
 * <pre>{@code
 * GradientFunction f = Expression.parse("x^2*y").compile();
 * double[] gradient = new double[f.size()];
 * System.out.println(f.gradient(new double[] {3, 2}, gradient)); // 18.0
 * System.out.println(Arrays.toString(gradient));                 // [12.0, 9.0]
 * }</pre>
 */
public final class GradientFunction {

    /** Hands out the methods of the compiled class as objects that can be called without reflection. */
    private static final GeneratedFile CALLS = new GeneratedFile("Calls.java", """
            public final class Calls {
                public static final java.util.function.ToDoubleFunction<double[]> VALUE = Formula::value;
                public static final java.util.function.ToDoubleBiFunction<double[], double[]> GRADIENT = Formula::gradient;
            }
            """);

    private final List<String> variables;
    private final int size;
    private final ToDoubleFunction<double[]> value;
    private final ToDoubleBiFunction<double[], double[]> gradient;

    private GradientFunction(
            List<String> variables,
            int size,
            ToDoubleFunction<double[]> value,
            ToDoubleBiFunction<double[], double[]> gradient) {
        this.variables = List.copyOf(variables);
        this.size = size;
        this.value = value;
        this.gradient = gradient;
    }

    /** @param source the class {@code Formula}, with the static methods {@code value(x)} and {@code gradient(x, gradient)} */
    @SuppressWarnings("unchecked")
    static GradientFunction load(GeneratedFile source, List<String> variables, int size) {
        Class<?> calls = LoadedClasses.of(List.of(source, CALLS), GradientFunction.class.getClassLoader())
                .type(CALLS.className());
        try {
            return new GradientFunction(
                    variables,
                    size,
                    (ToDoubleFunction<double[]>) calls.getField("VALUE").get(null),
                    (ToDoubleBiFunction<double[], double[]>)
                            calls.getField("GRADIENT").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of the variables, in the order in which a point has them. */
    public List<String> variables() {
        return variables;
    }

    /** How many numbers a point has: one for each scalar, for a tensor as many as it has entries. */
    public int size() {
        return size;
    }

    /**
     * The value at {@code point}.
     *
     * @param point the values of the variables in their order, tensors row by row
     * @throws IllegalArgumentException if the point has fewer than {@link #size} numbers
     */
    public double value(double... point) {
        check("the point", point);
        return value.applyAsDouble(point);
    }

    /**
     * The value at {@code point} and its partial derivatives there. At a kink they are what the field uses: the derivative of abs and
     * relu at 0 is 0.
     *
     * @param point the values of the variables in their order, tensors row by row
     * @param partials receives the derivatives, laid out like the point
     * @return the value
     * @throws IllegalArgumentException if one of the arrays has fewer than {@link #size} numbers
     */
    public double gradient(double[] point, double[] partials) {
        check("the point", point);
        check("the gradient", partials);
        return gradient.applyAsDouble(point, partials);
    }

    private void check(String what, double[] array) {
        if (array.length < size) {
            throw new IllegalArgumentException(what + " needs " + size + " numbers, for " + String.join(", ", variables)
                    + ", not " + array.length);
        }
    }
}
