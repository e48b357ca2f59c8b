package dev.gradc.emit.test;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Modifier;

/**
 * What the tests of generated classes have in common: they compare slopes with finite differences. A test needs nothing but JUnit,
 * and so has all of it as methods of its own.
 */
public final class Differences {

    static final ClassName TEST = ClassName.get("org.junit.jupiter.api", "Test");

    public static final ClassName ASSERTIONS = ClassName.get("org.junit.jupiter.api", "Assertions");

    public static final ClassName ASSUMPTIONS = ClassName.get("org.junit.jupiter.api", "Assumptions");

    /** A mapping from numbers to numbers. */
    static final TypeName MAPPING = ParameterizedTypeName.get(UnaryOperator.class, double[].class);

    private Differences() {}

    /**
     * Adds the constants of the method.
     *
     * @param points at how many points each derivative is tried
     */
    static void addConstants(TypeSpec.Builder type, int points, Precision precision) {
        boolean single = precision == Precision.FLOAT;
        type.addField(constant(int.class, "POINTS", "At so many random points each derivative is tried.", points));
        type.addField(constant(int.class, "LEVELS", "Differences are taken with so many steps.", 10));
        type.addField(constant(double.class, "FIRST_STEP", "The first of them.", single ? "0.25" : "0.02"));
        type.addField(constant(double.class, "SHRINK", "Each is smaller than the one before by this factor.", "1.6"));
        type.addField(constant(
                double.class,
                "RELIABLE",
                "Differences that leave more in doubt, as near a kink or a pole, tell nothing.",
                single ? "1e-3" : "1e-8"));
        type.addField(constant(
                double.class,
                "TOLERANCE",
                "So much a slope may differ, relatively, beside what the differences leave in doubt.",
                single ? "1e-3" : "1e-6"));
        type.addField(
                constant(double.class, "FLOOR", "And so much, absolutely, by rounding.", single ? "1e-5" : "1e-10"));
        type.addField(FieldSpec.builder(Random.class, "random", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T(1)", Random.class)
                .build());
    }

    private static FieldSpec constant(Class<?> type, String name, String text, Object value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(text + "\n")
                .initializer("$L", value)
                .build();
    }

    /** Adds the methods. */
    static void addMethods(TypeSpec.Builder type) {
        type.addMethod(direction());
        type.addMethod(compare());
        type.addMethod(quotients());
        type.addMethod(moved());
        type.addMethod(extrapolated());
        type.addType(estimate());
    }

    /**
     * A field of random integers below the limit of {@code tensor}.
     *
     * @param size of the array; empty for a number
     */
    static FieldSpec integers(Tensor tensor, String name, String size) {
        String limit = tensor.limit()
                .filter(Constant.class::isInstance)
                .map(Expr::toString)
                .orElse("1");
        FieldSpec.Builder field = size.isEmpty()
                ? FieldSpec.builder(int.class, name).initializer("random.nextInt($L)", limit)
                : FieldSpec.builder(int[].class, name).initializer("random.ints($L, 0, $L).toArray()", size, limit);
        return field.addModifiers(Modifier.PRIVATE, Modifier.FINAL).build();
    }

    private static MethodSpec direction() {
        return MethodSpec.methodBuilder("direction")
                .addModifiers(Modifier.PRIVATE)
                .returns(double[].class)
                .addJavadoc("A direction of length 1 in which every entry counts alike.\n")
                .addParameter(int.class, "size")
                .addStatement(
                        "return random.ints(size, 0, 2).mapToDouble(sign -> (2 * sign - 1) / Math.sqrt(size)).toArray()")
                .build();
    }

    private static MethodSpec compare() {
        return MethodSpec.methodBuilder("compare")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(int.class)
                .addJavadoc("Compares slopes with the differences of {@code values}, entry by entry.\n\n"
                        + "@return how many entries could be compared\n")
                .addParameter(MAPPING, "values")
                .addParameter(double[].class, "point")
                .addParameter(int[].class, "places")
                .addParameter(double[].class, "direction")
                .addParameter(double[].class, "slopes")
                .addCode("""
                        double[][] quotients = quotients(values, point, places, direction);
                        int compared = 0;
                        for (int i = 0; i < slopes.length; i++) {
                            Estimate estimate = extrapolated(quotients, i);
                            double size = Math.abs(estimate.slope());
                            if (estimate.error() <= RELIABLE * Math.max(1, size)) {
                                double tolerance = TOLERANCE * size + 10 * estimate.error() + FLOOR;
                                assertEquals(estimate.slope(), slopes[i], tolerance, "the slope of entry " + i);
                                compared++;
                            }
                        }
                        return compared;
                        """)
                .build();
    }

    private static MethodSpec quotients() {
        return MethodSpec.methodBuilder("quotients")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[][].class)
                .addJavadoc("Central difference quotients of all entries, by ever smaller steps.\n")
                .addParameter(MAPPING, "values")
                .addParameter(double[].class, "point")
                .addParameter(int[].class, "places")
                .addParameter(double[].class, "direction")
                .addCode("""
                        double[][] quotients = new double[LEVELS][];
                        double step = FIRST_STEP;
                        for (int level = 0; level < LEVELS; level++) {
                            double[] ahead = values.apply(moved(point, places, direction, step));
                            double[] behind = values.apply(moved(point, places, direction, -step));
                            quotients[level] = new double[ahead.length];
                            for (int i = 0; i < ahead.length; i++) {
                                quotients[level][i] = (ahead[i] - behind[i]) / (2 * step);
                            }
                            step /= SHRINK;
                        }
                        return quotients;
                        """)
                .build();
    }

    private static MethodSpec moved() {
        return MethodSpec.methodBuilder("moved")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addJavadoc("The point a step further, in the numbers that stand at {@code places}.\n")
                .addParameter(double[].class, "point")
                .addParameter(int[].class, "places")
                .addParameter(double[].class, "direction")
                .addParameter(double.class, "step")
                .addCode("""
                        double[] moved = point.clone();
                        for (int i = 0; i < places.length; i++) {
                            moved[places[i]] += step * direction[i];
                        }
                        return moved;
                        """)
                .build();
    }

    private static MethodSpec extrapolated() {
        return MethodSpec.methodBuilder("extrapolated")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(ClassName.get("", "Estimate"))
                .addJavadoc(
                        JavadocText.wrapped(
                                "The difference quotients of an entry, extrapolated to step 0 by polynomials of ever higher degree; of all"
                                        + " the one whose neighbours differ least. C. Ridders, Advances in Engineering Software 4 (1982).\n"))
                .addParameter(double[][].class, "quotients")
                .addParameter(int.class, "entry")
                .addCode("""
                        Estimate best = new Estimate(Double.NaN, Double.POSITIVE_INFINITY);
                        double[] previous = new double[LEVELS];
                        for (int level = 0; level < LEVELS; level++) {
                            double[] current = new double[LEVELS];
                            current[0] = quotients[level][entry];
                            double factor = SHRINK * SHRINK;
                            for (int degree = 1; degree <= level; degree++) {
                                current[degree] = (current[degree - 1] * factor - previous[degree - 1]) / (factor - 1);
                                double error = Math.max(
                                        Math.abs(current[degree] - current[degree - 1]),
                                        Math.abs(current[degree] - previous[degree - 1]));
                                if (error < best.error()) {
                                    best = new Estimate(current[degree], error);
                                }
                                factor *= SHRINK * SHRINK;
                            }
                            previous = current;
                        }
                        return best;
                        """)
                .build();
    }

    private static TypeSpec estimate() {
        return TypeSpec.recordBuilder("Estimate")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("A slope, and how far it may be off.\n")
                .recordConstructor(MethodSpec.constructorBuilder()
                        .addParameter(double.class, "slope")
                        .addParameter(double.class, "error")
                        .build())
                .build();
    }
}
