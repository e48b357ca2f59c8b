package dev.gradc.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Snippets;
import dev.gradc.check.StandardLibrary;
import dev.gradc.ir.Program;
import org.junit.jupiter.api.Test;

/** Functions that never fall go out of extrema, where nothing else needs their values. */
class MonotoneFunctionsTest {

    private static Program outside(String function) {
        return new MonotoneFunctions(StandardLibrary.library())
                .apply(Snippets.function(function).program());
    }

    private static void assertLines(String expected, String function) {
        assertEquals(expected.strip(), outside(function).toString().strip());
    }

    @Test
    void aFunctionOfASum() {
        assertLines("""
                max2 = max[i:4](z[i])
                max2 = max2+c
                value = relu(max2)
                """, "function f(z[4], c) = max[i](relu(z[i] + c))");
    }

    @Test
    void ofAnotherDefinition() {
        assertLines("""
                min2 = min[i:4](z[i])
                value = tanh(min2)
                """, "function f(z[4]) {\n  h[i] = tanh(z[i])\n  return min(h)\n}");
    }

    @Test
    void notIfItIsReadElsewhere() {
        assertLines("""
                h[i] = tanh(z[i])
                max = max[i:4](h[i])
                value = max+h[0]
                """, "function f(z[4]) {\n  h[i] = tanh(z[i])\n  return max(h) + h[0]\n}");
    }

    @Test
    void noTermThatIsNotTheSameForAll() {
        assertLines("""
                value = max[i:4](z[i]+c[i])
                """, "function f(z[4], c[4]) = max[i](z[i] + c[i])");
    }

    @Test
    void notMoreThanAFewOutOfEachOther() {
        String sum = "z[i]" + " + c".repeat(100);
        assertEquals(
                9,
                outside("function f(z[4], c) = max[i](" + sum + ")")
                        .definitions()
                        .size());
    }
}
