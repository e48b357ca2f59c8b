package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How generated functions are written. */
class FunctionTextTest {

    @ParameterizedTest
    @CsvSource({
        "y*(2/x),           y * (2 / x)",
        "'x + (y - 1)',     x + (y - 1)",
        "'x - (y - 1)',     x - (y - 1)",
        "x*(y*2),           x * (2 * y)",
        "x*y*2,             x * y * 2",
        "-x^2,              -x * x",
        "-(x*400/y),        -400 * x / y",
        "-(1/(x + y)),      -1 / (x + y)",
        "y - -(x/3),        y + x / 3",
        "y*-(x*3),          -3 * x * y",
        "(x + 1)^2*y,       xPlus1 * xPlus1 * y",
        "1/(2*x),           1 / (2 * x)",
        "x^2.5,             'Math.pow(x, 2.5)'",
        "1e-7*x,            1e-7 * x",
        "x > y ? x : y,     x > y ? x : y"
    })
    void expressionsAreWrittenAsByHand(String formula, String java) throws Exception {
        String source = Generated.from("function f(x, y) = " + formula).source("Test.java");
        assertTrue(source.contains(java), source);
    }

    /** As the formula would be read out; what would be ambiguous or long is {@code t}. */
    @ParameterizedTest
    @CsvSource({
        "(1 - x)^3,                       oneMinusX = 1 - x",
        "(y - x^2)^2,                     yMinusXSquared = y - x * x",
        "(x*y)^2,                         xY = x * y",
        "(x/2)^2,                         xOver2 = x / 2",
        "sin(exp(-x))^2,                  sinExpMinusX = Math.sin(Math.exp(-x))",
        "cos(x*y/(1 + x))^2,              cos = Math.cos(x * y / (1 + x))",
        "(x*(y + 1))^2,                   t = x * (y + 1)",
        "(x*400)^2,                       xTimes400 = 400 * x",
        "(x*y + x*sin(y) + 2*cos(x))^2,   sum = x * y + x * Math.sin(y) + 2 * Math.cos(x)",
        "(x - (y - 1))^2,                 t = x - (y - 1)"
    })
    void valuesAreNamedByTheirFormulas(String formula, String declaration) throws Exception {
        String source = Generated.from("function f(x, y) = " + formula).source("Test.java");
        assertTrue(source.contains("double " + declaration), source);
    }

    /** An {@code int} has no -0. */
    @Test
    void theSignOfAProductWithAnIntIsThatOfAll() throws Exception {
        Generated generated = Generated.from("function f(x, y) = -(x < 2 ? 1 : 0)*y");
        assertEquals(-5.0, generated.call("Test", "f", 1.0, 5.0));
        assertEquals(-0.0, generated.call("Test", "f", 3.0, 5.0));
    }

    @Test
    void aNewArrayIsNotCleared() throws Exception {
        String source = Generated.from("""
                        function f(x[100,30]) {
                          s[j] = sum[i](x[i,j])
                          return sum[j](s[j]^2*exp(s[j]))
                        }
                        """).source("Test.java");
        assertTrue(source.contains("new double["), source);
        assertFalse(source.contains("Arrays.fill("), source);
    }

    @Test
    void commentsTellValuesOfTheSameFunctionApart() throws Exception {
        String source = Generated.from("""
                        function f(x[300], y[300]) = log(sum[i](exp(x[i]))) + log(sum[i](exp(y[i]))) derive gradient
                        """).source("Test.java");
        assertTrue(source.contains("// exp[") && source.contains("// exp2["), source);
    }

    @Test
    void aLongSumIsNotNamedByOneOfItsTerms() throws Exception {
        String source = Generated.from("function f(x[30]) = sum[i](sin(x[i])*cos(x[i]))")
                .source("Test.java");
        assertTrue(source.contains("sum2 = sum + "), source);
        assertFalse(source.contains("sumPlus"), source);
    }

    @Test
    void anEntryThatIsStoredTwiceIsNamedByItsPlace() throws Exception {
        String source =
                Generated.from("function f(x, y) = sin(x*y + 1) derive hessian").source("Test.java");
        assertTrue(source.contains("hessian[1] = hessian01;\n        hessian[2] = hessian01;"), source);
    }

    /** Comments, names and documentation cannot leave their place, however they are written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** ends */ here? no */",
                "/** \\u002a/ static { System.exit(1); } /* */",
                "/** {@code } <script> & @param x \\ */",
                "/** \\\\u002a/ {@link Object */"
            })
    void documentationIsText(String comment) throws Exception {
        String closed = comment.replace("*/ here", "* / here");
        Generated generated = Generated.from(closed + "\nfunction f(x) = x + 1");
        assertEquals(3.0, generated.call("Test", "f", 2.0));
    }

    @Test
    void documentationIsBrokenAnewAndSaysWhatADerivativeIsOf() throws Exception {
        String source = Generated.from("""
                        /**
                         * A saddle,
                         * as of a horse.
                         *
                         * Flat at 0.
                         */
                        function f(x[2], y) = x[0]^2*y - x[1] derive hessian wrt (x)  derive hvp
                        """).source("Test.java");
        for (String expected : List.of(
                "     * A saddle, as of a horse.\n     *\n     * <p>Flat at 0.\n     *\n     * <pre>\n",
                "     * The Hessian of f with respect to x.\n",
                "     * @param hessian receives {@code hessian[2,2]}, row by row: entry [i,j] at {@code 2*i+j}\n",
                "     * The Hessian of f times a vector with respect to x, y.\n")) {
            assertTrue(source.contains(expected), source);
        }
    }

    @ParameterizedTest
    @CsvSource({"class, class_", "double, double_", "σ, σ", "w₁, w_", "record, record_", "Math, Math_", "_x, _x"})
    void anyNameBecomesAnIdentifier(String name, String expected) throws Exception {
        Generated generated = Generated.from("function f(" + name + ", t) = exp(" + name + ")/t + exp(" + name + ")");
        assertEquals(1.5, generated.call("Test", "f", 0.0, 2.0));
        assertTrue(generated.source("Test.java").contains("double " + expected + ","), generated.source("Test.java"));
    }

    @Test
    void functionsMayBeCalledAsKeywordsAre() throws Exception {
        Generated generated = Generated.from("function int(new) = new^2");
        assertEquals(9.0, generated.call("Test", "int_", 3.0));
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        String source = "function f(x[5], y) = sum(softmax(x))*y^3 derive gradient, hessian";
        assertEquals(Generated.files(source, Precision.DOUBLE), Generated.files(source, Precision.DOUBLE));
    }

    @Test
    void linesAreShortAndClean() throws Exception {
        String text = Generated.from("""
                function f(alpha, beta, gamma) {
                  delta = sqrt(alpha^2 + beta^2 + gamma^2)*log(alpha/beta)*log(beta/gamma) + alpha*beta/gamma - sqrt(gamma)
                  return delta*exp(-delta)*sin(delta + alpha)*cos(delta + beta)/(delta + gamma + alpha*beta*gamma*delta)
                } derive gradient, hessian
                """).source("Test.java");
        text.lines().forEach(line -> {
            assertTrue(line.length() <= 120, line);
            assertFalse(line.endsWith(" "), line);
            assertFalse(line.contains("\t"), line);
        });
    }
}
