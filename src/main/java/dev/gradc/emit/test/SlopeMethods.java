package dev.gradc.emit.test;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The methods of a {@link FunctionsTestClass} that are the same for all functions: they compare slopes, and work with vectors. */
final class SlopeMethods {

    private static final TypeName SLOPES = ParameterizedTypeName.get(BinaryOperator.class, double[].class);

    private SlopeMethods() {}

    /** Those that every test has. */
    static List<MethodSpec> all() {
        return List.of(check(), anywhere(), places(), times(), join(), part());
    }

    private static MethodSpec check() {
        return MethodSpec.methodBuilder("check")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Compares slopes with the differences of {@code values} at random points.\n\n"
                        + "@param point its arguments; NaN is replaced by random numbers\n"
                        + "@param places of the arguments that are differentiated in\n"
                        + "@param slopes of all values, for a point and a direction\n")
                .addParameter(double[].class, "point")
                .addParameter(int[].class, "places")
                .addParameter(Differences.MAPPING, "values")
                .addParameter(SLOPES, "slopes")
                .addCode("""
                        int compared = 0;
                        for (int i = 0; i < POINTS; i++) {
                            // Positive at every second point, so that logarithms and roots get their chance.
                            double low = i % 2 == 0 ? 0.1 : -1;
                            double[] x = $1T.stream(point).map(v -> Double.isNaN(v) ? random.nextDouble(low, 1) : v).toArray();
                            double[] direction = direction(places.length);
                            compared += compare(values, x, places, direction, slopes.apply(x, direction));
                        }
                        assumeTrue(compared > 0, "no point found at which differences settle");
                        """, Arrays.class)
                .build();
    }

    private static MethodSpec anywhere() {
        return MethodSpec.methodBuilder("anywhere")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addJavadoc("So many arguments to be drawn at random.\n")
                .addParameter(int.class, "size")
                .addStatement("return $T.generate(() -> Double.NaN).limit(size).toArray()", DoubleStream.class)
                .build();
    }

    private static MethodSpec places() {
        return MethodSpec.methodBuilder("places")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(int[].class)
                .addJavadoc("The places from a first to an end, exclusive, and then from the next first to its end.\n")
                .addParameter(int[].class, "bounds")
                .varargs()
                .addCode("""
                        return $1T.range(0, bounds.length / 2)
                                .flatMap(i -> $1T.range(bounds[2 * i], bounds[2 * i + 1]))
                                .toArray();
                        """, IntStream.class)
                .build();
    }

    private static MethodSpec times() {
        return MethodSpec.methodBuilder("times")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addJavadoc("A matrix, row by row, times a vector.\n")
                .addParameter(double[].class, "matrix")
                .addParameter(double[].class, "vector")
                .addCode("""
                        double[] product = new double[matrix.length / vector.length];
                        for (int i = 0; i < matrix.length; i++) {
                            product[i / vector.length] += matrix[i] * vector[i % vector.length];
                        }
                        return product;
                        """)
                .build();
    }

    private static MethodSpec join() {
        return MethodSpec.methodBuilder("join")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addParameter(double[][].class, "arrays")
                .varargs()
                .addStatement("return $T.of(arrays).flatMapToDouble($T::stream).toArray()", Stream.class, Arrays.class)
                .build();
    }

    private static MethodSpec part() {
        return MethodSpec.methodBuilder("part")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addParameter(double[].class, "array")
                .addParameter(int.class, "first")
                .addParameter(int.class, "end")
                .addStatement("return $T.copyOfRange(array, first, end)", Arrays.class)
                .build();
    }

    static MethodSpec dense() {
        return MethodSpec.methodBuilder("dense")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addJavadoc("A matrix given by compressed rows, row by row.\n")
                .addParameter(double[].class, "entries")
                .addParameter(int[].class, "rowStarts")
                .addParameter(int[].class, "columns")
                .addParameter(int.class, "width")
                .addCode("""
                        double[] matrix = new double[(rowStarts.length - 1) * width];
                        for (int row = 0; row < rowStarts.length - 1; row++) {
                            for (int k = rowStarts[row]; k < rowStarts[row + 1]; k++) {
                                matrix[row * width + columns[k]] = entries[k];
                            }
                        }
                        return matrix;
                        """)
                .build();
    }

    static MethodSpec slope() {
        return MethodSpec.methodBuilder("slope")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double[].class)
                .addJavadoc("The slope of a number, by differences.\n")
                .addParameter(Differences.MAPPING, "value")
                .addParameter(double[].class, "point")
                .addParameter(int[].class, "places")
                .addParameter(double[].class, "direction")
                .addStatement(
                        "return new double[] {extrapolated(quotients(value, point, places, direction), 0).slope()}")
                .build();
    }
}
