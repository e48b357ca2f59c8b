package dev.gradc.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.DeepStack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterTest {

    private final Formulas formulas = new Formulas();

    /** Printed as they were written, and the same expression again when read back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2*cos(exp(-x))*exp(-x)/sin(exp(-x))^2",
                "x",
                "0.5",
                "1e-3",
                "-x^2",
                "(-x)^2",
                "2^-x",
                "x^y^z",
                "(x^y)^z",
                "x^(y + 1)",
                "x^(2*y)",
                "x^(1/2)",
                "a - (b - c)",
                "a - b - c",
                "a - (b + c)",
                "a + (b + c)",
                "a*(b*c)",
                "a/(b*c)",
                "a/b/c",
                "a*b/c",
                "a/(b/c)",
                "(a + b)*c",
                "-(a + b)",
                "2^-(a + b)",
                "a % b",
                "x < 0 ? -x : x",
                "a < b && (c == d || !(e1 >= 1)) ? 1 : 0",
                "(a < b) + 1",
                "(a ? b : c) ? 1 : 2",
                "a ? b : c ? d : e1",
                "a ? (b ? 1 : 2) : 3",
                "2*(a ? b : c)",
                "W[i+1,2*j]*x[i]",
                "hypot(a, b + c)",
                "sin(i/100)",
            })
    void textIsReadBack(String text) {
        Expr expression = formulas.read(text);
        assertEquals(text, text(expression));
        assertSame(expression, formulas.read(text(expression)));
    }

    /** Signs stand where a reader expects them. */
    @ParameterizedTest
    @CsvSource({
        "a + -b,            a - b",
        "a + -2*b,          a - 2*b",
        "a - -b,            a + b",
        "-a + b,            b - a",
        "-a + -b,           -a - b",
        "-a - b,            -a - b",
        "a*(-b),            -a*b",
        "-a*-b,             a*b",
        "--a,               a",
        "-(a*b),            -a*b",
        "a/(-b),            -a/b",
        "c - a/(-b),        c + a/b",
        "a + (-2)*b*c,      a - 2*b*c",
        "(-a*b)^2,          (-a*b)^2",
        "2^(-a*b),          2^(-a*b)",
        "(-2)^x,            (-2)^x",
        "-(-2)^x,           -(-2)^x",
        "a % -b,            a % -b",
    })
    void signsMove(String input, String expected) {
        assertEquals(expected, text(formulas.read(input)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2/sin(exp(-x))     ; \\frac{2}{\\sin\\left(e^{-x}\\right)}",
                "2*x*y              ; 2 x y",
                "x*2                ; x \\cdot 2",
                "x*2^y              ; x \\cdot 2^{y}",
                "x*(a + b)          ; x \\cdot \\left(a + b\\right)",
                "(a/b)^2            ; \\left(\\frac{a}{b}\\right)^{2}",
                "c*(a/b)            ; c \\frac{a}{b}",
                "exp(x)^2           ; \\left(e^{x}\\right)^{2}",
                "a*expm1(x)         ; a \\cdot \\left(e^{x} - 1\\right)",
                "a*log1p(x*y)       ; a \\ln\\left(1 + x y\\right)",
                "log1p(a < b)       ; \\ln\\left(1 + \\left[a < b\\right]\\right)",
                "sqrt(abs(x1))      ; \\sqrt{\\left|x_{1}\\right|}",
                "sigma*rate_2       ; \\sigma \\mathrm{rate\\_2}",
                "W1[i,j]            ; {W_{1}}_{i, j}",
                "1e-3*x             ; 10^{-3} x",
                "2.5e-9*x           ; 2.5 \\cdot 10^{-9} x",
                "foo(x, y)          ; \\operatorname{foo}\\left(x, y\\right)",
                "(a <= b)*x         ; \\left[a \\le b\\right] x",
                "x < 0 ? -x : x     ; \\begin{cases} -x & \\text{if } x < 0 \\\\ x & \\text{otherwise} \\end{cases}",
            })
    void latex(String input, String expected) {
        assertEquals(expected, new Printer(Notation.LATEX).print(formulas.read(input)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*cos(x)/sin(x)^2  | 2 * Math.cos(x) / Math.pow(Math.sin(x), 2)",
                "x^(1/2)            | Math.pow(x, (double) 1 / 2)",
                "1e-3*x             | 1e-3 * x",
                "5123456789*x       | 5123456789.0 * x",
                "i/100              | (double) i / 100",
                "W[i,j+1]           | W[i * 2 + (j + 1)]",
                "(a < b)*x          | (a < b ? 1 : 0) * x",
                "a < b && !(c < d) ? a : b | a < b && !(c < d) ? a : b",
                "class + x          | class_ + x",
                "twice(sin(x))      | Math.sin(x) + Math.sin(x)",
                "1/0*x              | (double) 1 / 0 * x",
            })
    void java(String input, String expected) {
        assertEquals(expected, new Printer(Notation.JAVA).print(formulas.read(input)));
    }

    @Test
    void mathml() {
        assertEquals(
                "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mfrac><mn>2</mn><mrow><mi>x</mi><mo>+</mo>"
                        + "<msup><mi>e</mi><mi>y</mi></msup></mrow></mfrac></math>",
                new Printer(Notation.MATHML).print(formulas.read("2/(x + exp(y))")));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0/0, Double.NaN",
        "Infinity, 1/0, Double.POSITIVE_INFINITY",
        "-Infinity, -(1/0), -Double.POSITIVE_INFINITY",
        "-0.0, -0, -0"
    })
    void whatHasNoDigits(double value, String text, String java) {
        assertEquals(text, text(Constant.of(value)));
        assertEquals(java, new Printer(Notation.JAVA).print(Constant.of(value)));
    }

    @Test
    void depthIsNoMatter() {
        int depth = 100_000;
        String[] texts = DeepStack.call(() -> {
            Expr x = formulas.read("x");
            Expr sum = x;
            Expr nest = x;
            for (int k = 0; k < depth; k++) {
                sum = Call.of(Operator.ADD, sum, x);
                nest = Call.of(Operator.DIVIDE, x, nest);
            }
            return new String[] {text(sum), text(nest)};
        });
        assertEquals("x + ".repeat(depth) + "x", texts[0]);
        assertEquals("x/(".repeat(depth - 1) + "x/x" + ")".repeat(depth - 1), texts[1]);
    }

    @Test
    void whatIsSharedOftenIsNamed() {
        Expr x = Access.of(new Tensor("t2", Tensor.Role.INPUT, false, Shape.SCALAR));
        Expr tower = x;
        for (int k = 0; k < 40; k++) {
            tower = Call.of(Operator.ADD, Call.of(Operator.MULTIPLY, tower, tower), x);
        }
        List<String> lines = text(tower).lines().toList();
        assertEquals("t39*t39 + t2", lines.get(0));
        assertEquals("where t1 = (t2*t2 + t2)*(t2*t2 + t2) + t2", lines.get(1));
        // The formula reads t2 itself, so no part is called so.
        assertEquals("where t3 = t1*t1 + t2", lines.get(2));
        assertEquals(39, lines.size());
    }

    private static String text(Expr expression) {
        return new Printer(Notation.TEXT).print(expression);
    }
}
