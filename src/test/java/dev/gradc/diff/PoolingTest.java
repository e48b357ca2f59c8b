package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Expression;
import dev.gradc.GradientFunction;
import dev.gradc.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The slopes of extrema of windows: of each window the first of the extreme entries has them, also where others are equal. */
class PoolingTest {

    private static final double C = 0.25;

    /** What is pooled, as text and by hand. */
    private enum Pooled {
        ENTRIES("x", x -> x, x -> 1),
        SUMS("x + c", x -> x + C, x -> 1),
        RECTIFIED("relu(x)", x -> Math.max(0, x), x -> x > 0 ? 1 : 0),
        RECTIFIED_SUMS("relu(x + c)", x -> Math.max(0, x + C), x -> x + C > 0 ? 1 : 0),
        BOUNDED("tanh(x)", Math::tanh, x -> 1 - Math.pow(Math.tanh(x), 2)),
        FALLING("3 - x", x -> 3 - x, x -> -1),
        SQUARES("x^2", x -> x * x, x -> 2 * x);

        private final String text;
        private final DoubleUnaryOperator value;
        private final DoubleUnaryOperator slope;

        Pooled(String text, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
            this.text = text;
            this.value = value;
            this.slope = slope;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max, 40, 60, 2, 2, ENTRIES",
        "min, 40, 60, 2, 2, ENTRIES",
        "max, 4, 6, 2, 2, ENTRIES", // without loops
        "max, 45, 60, 3, 3, ENTRIES",
        "max, 41, 61, 2, 2, ENTRIES", // some entries belong to no window
        "max, 42, 60, 2, 3, ENTRIES",
        "max, 40, 60, 4, 4, ENTRIES", // windows of many entries
        "max, 40, 60, 3, 2, ENTRIES", // overlapping windows
        "max, 40, 60, 2, 2, SUMS",
        "min, 40, 60, 2, 2, SUMS",
        "max, 40, 60, 2, 2, RECTIFIED",
        "min, 40, 60, 2, 2, RECTIFIED",
        "max, 40, 60, 2, 2, RECTIFIED_SUMS",
        "max, 40, 60, 2, 2, BOUNDED",
        "min, 40, 60, 3, 2, BOUNDED",
        "max, 40, 60, 2, 2, FALLING",
        "max, 40, 60, 2, 2, SQUARES"
    })
    void theFirstExtremeEntryHasTheSlope(String extremum, int height, int width, int size, int stride, Pooled pooled) {
        int rows = (height - size) / stride + 1;
        int columns = (width - size) / stride + 1;
        String entry = pooled.text.replace("x", "x[%d*i+r,%d*j+s]".formatted(stride, stride));
        String text = "sum[i:%d,j:%d]((1 + i + 10*j)*%s[r:%d,s:%d](%s))"
                .formatted(rows, columns, extremum, size, size, entry);
        GradientFunction pooling = Expression.parse(
                        new SourceFile("pooling", text), List.of("x", "c"), Map.of("x", new int[] {height, width}))
                .compile();
        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            double[] point =
                    random.ints(height * width + 1, -2, 3).asDoubleStream().toArray();
            point[height * width] = C;
            double value = 0;
            double[] slopes = new double[point.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    int best = stride * width * i + stride * j;
                    for (int r = 0; r < size; r++) {
                        for (int s = 0; s < size; s++) {
                            int place = width * (stride * i + r) + stride * j + s;
                            int order = Double.compare(
                                    pooled.value.applyAsDouble(point[place]), pooled.value.applyAsDouble(point[best]));
                            if (extremum.equals("max") ? order > 0 : order < 0) {
                                best = place;
                            }
                        }
                    }
                    int weight = 1 + i + 10 * j;
                    value += weight * pooled.value.applyAsDouble(point[best]);
                    slopes[best] += weight * pooled.slope.applyAsDouble(point[best]);
                }
            }
            double[] partials = new double[point.length];
            assertEquals(value, pooling.gradient(point, partials), 1e-12 * Math.abs(value));
            double ofC = pooled.text.contains("c") ? Arrays.stream(slopes).sum() : 0;
            assertEquals(ofC, partials[height * width], 1e-12 * Math.abs(ofC));
            partials[height * width] = 0;
            assertArrayEquals(slopes, partials, 1e-12);
        }
    }
}
