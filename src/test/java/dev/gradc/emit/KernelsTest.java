package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.emit.network.Kernels;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels of both backends against the loops that define them, for sizes on and off the edges of their tiles. */
class KernelsTest {

    private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 70);

    private final Random random = new Random(1);

    @ParameterizedTest
    @CsvSource({"PORTABLE, DOUBLE", "PORTABLE, FLOAT", "VECTOR, DOUBLE", "VECTOR, FLOAT"})
    void sumsOfProducts(Backend backend, Precision precision) throws ReflectiveOperationException {
        // Less than the greatest size, so that blocks are needed.
        check(kernels(backend, precision, 64, 15, 1), precision, SIZES, SIZES, SIZES);
    }

    /** Sums that are longer than what is summed at a time, of more rows than are computed at a time. */
    @ParameterizedTest
    @CsvSource({"PORTABLE, DOUBLE", "PORTABLE, FLOAT", "VECTOR, DOUBLE", "VECTOR, FLOAT"})
    void longSums(Backend backend, Precision precision) throws ReflectiveOperationException {
        Object kernels = kernels(backend, precision, 128, 255, 2);
        check(kernels, precision, List.of(12, 70, 131), List.of(10, 71, 150), List.of(129, 600));
    }

    /** Runs on and off the length of a vector, up to the ends of both arrays, and nothing beside them. */
    @ParameterizedTest
    @CsvSource({"PORTABLE, DOUBLE", "PORTABLE, FLOAT", "VECTOR, DOUBLE", "VECTOR, FLOAT"})
    void rowsAreCopied(Backend backend, Precision precision) throws ReflectiveOperationException {
        Object kernels = kernels(backend, precision, 64, 15, 1);
        for (int rows : SIZES) {
            for (int length : SIZES) {
                for (int step : List.of(1, length, length + 3)) {
                    for (int after : List.of(0, 40)) {
                        double[] from = numbers(2 + (rows - 1) * step + length + after);
                        double[] to = numbers(3 + rows * length + after);
                        double[] expected = to.clone();
                        for (int i = 0; i < rows; i++) {
                            System.arraycopy(from, 2 + i * step, expected, 3 + i * length, length);
                        }
                        Object result = array(to, precision);
                        method(kernels, "copyRows")
                                .invoke(kernels, rows, length, array(from, precision), 2, step, result, 3);
                        for (int i = 0; i < to.length; i++) {
                            assertEquals(expected[i], Array.getDouble(result, i), rows + " rows of " + length);
                        }
                    }
                }
            }
        }
    }

    private static Object kernels(Backend backend, Precision precision, int width, int depth, int threads)
            throws ReflectiveOperationException {
        Generated generated = Generated.of(Kernels.write("kernels", "Object", backend, precision, width, depth));
        return make(generated.type("kernels.ObjectKernels"), make(generated.type("kernels.ObjectTeam"), threads));
    }

    private static Method method(Object kernels, String name) {
        Method method = Arrays.stream(kernels.getClass().getDeclaredMethods())
                .filter(candidate ->
                        candidate.getName().equals(name) && candidate.getParameterTypes()[0] == int.class)
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    private static Object make(Class<?> type, Object argument) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(argument);
    }

    private void check(
            Object kernels, Precision precision, List<Integer> rows, List<Integer> columns, List<Integer> depths)
            throws ReflectiveOperationException {
        for (int m : rows) {
            for (int n : columns) {
                for (int k : depths) {
                    for (String method : List.of("product", "addProduct", "dotProducts", "addDotProducts")) {
                        check(kernels, method, precision, m, n, k);
                    }
                }
            }
        }
    }

    private void check(Object kernels, String name, Precision precision, int m, int n, int k)
            throws ReflectiveOperationException {
        boolean dots = name.endsWith("DotProducts") || name.startsWith("dot");
        boolean adds = name.startsWith("add");
        // Everything apart, and something before and after.
        int aRow = dots ? k + 3 : 1 + random.nextInt(2);
        int aColumn = dots ? 1 : 2 * m + 1;
        int bRow = (dots ? k : n) + 2;
        int cRow = dots && n % 2 == 0 ? 1 : 2 * n + 1;
        int cColumn = dots ? (n % 2 == 0 ? m + 1 : 2) : 1;
        double[] a = numbers(5 + m * aRow + k * aColumn);
        double[] b = numbers(6 + (dots ? n : k) * bRow);
        double[] c = numbers(7 + m * cRow + n * cColumn);
        double[] expected = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int entry = 4 + i * cRow + j * cColumn;
                double sum = adds ? c[entry] : 0;
                for (int p = 0; p < k; p++) {
                    sum += a[2 + i * aRow + p * aColumn] * b[3 + (dots ? j * bRow + p : p * bRow + j)];
                }
                expected[entry] = sum;
            }
        }
        Object result = array(c, precision);
        Method method = method(kernels, name);
        Object left = array(a, precision);
        Object right = array(b, precision);
        if (dots) {
            method.invoke(kernels, m, n, k, left, 2, aRow, right, 3, bRow, result, 4, cRow, cColumn);
        } else {
            method.invoke(kernels, m, n, k, left, 2, aRow, aColumn, right, 3, bRow, result, 4, cRow);
        }
        // The bound for sums of k products of at most 1, in any order.
        double tolerance = k * (k + 1) * (precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53);
        for (int i = 0; i < c.length; i++) {
            int entry = i;
            assertEquals(
                    expected[i],
                    Array.getDouble(result, i),
                    tolerance,
                    () -> name + " of " + m + " x " + n + " x " + k + " at " + entry);
        }
    }

    /** Numbers that a float holds exactly. */
    private double[] numbers(int count) {
        return random.ints(count, -256, 257).mapToDouble(i -> i / 256.0).toArray();
    }

    private static Object array(double[] values, Precision precision) {
        if (precision == Precision.DOUBLE) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
