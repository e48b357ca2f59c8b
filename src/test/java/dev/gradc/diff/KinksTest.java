package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What derivatives are where they do not exist, by convention; and that what is not taken is not heard. */
class KinksTest {

    @ParameterizedTest
    @CsvSource({
        "relu(x),               0, 0",
        "max(0; x),             0, 0",
        "max(x; 0),             0, 1",
        "abs(x),                0, 0",
        "abs(x),               -0.0, 0",
        "sqrt(x^2),             0, 0",
        "sign(x),               0, 0",
        "step(x),               0, 0",
        "leakyRelu(x),          0, 0.01",
        "elu(x),                0, 1",
        "piecewiseLinear(x),  0.5, 0",
        "piecewiseLinear(x), -0.5, 0",
        "hardSigmoid(x),        3, 0",
        "hardSigmoid(x),       -3, 0",
        "hardSwish(x),          3, 1",
        "hardSwish(x),         -3, 0",
        "min(x; 2),             2, 1",
        "min(2; x),             2, 0",
        "max(x; x),             2, 1",
        "max(1; x; 2*x - 2; 2), 2, 1",
        "x > 0 ? 5*x : 2*x,     0, 2",
        "x >= 0 ? 5*x : 2*x,    0, 5",
        "floor(x),              2, 0",
        "round(x),            2.5, 0",
        "stopGradient(x)*x,     3, 3",
        "(x > 1)*x,             3, 1",
        "(x > 1)*x,             0, 0",
        "(exp(x) - 1)/x,        0, 0.5",
        "x/(exp(x) - 1),        0, -0.5",
        "(1 - exp(-x))/x,       0, -0.5",
        "sinc(x),               0, 0",
        "softsign(x),           0, 1"
    })
    void conventions(String formula, double x, double slope) {
        assertEquals(slope, Formula.at(formula.replace(';', ','), x).slope(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "x^0,         0, 1, 0",
        "x^1,         0, 0, 1",
        "x^2,         0, 0, 0",
        "x^0.5,       0, 0, Infinity",
        "0^x,         2, 0, 0",
        "0^x,         0, 1, -Infinity",
        "1^x,         7, 1, 0",
        "(-2)^x,      3, -8, NaN",
        "(x - 2)^3,   0, -8, 12",
        "0*log(x),    0, NaN, 0",
        "xlogy(0; x), 0, 0, 0",
        "log(x),      0, -Infinity, Infinity",
        "1/x,         0, Infinity, -Infinity"
    })
    void powersAndLimits(String formula, double x, double value, double slope) {
        Formula f = Formula.at(formula.replace(';', ','), x);
        assertEquals(value, f.value(), 1e-15);
        assertEquals(slope, f.slope(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 0", "0, 2, 0, 0", "0, 3, 0, 0", "0, 0, 0, -Infinity", "2, 0, 0, 0.6931471805599453"})
    void theGradientOfAPower(double x, double y, double inBase, double inExponent) {
        assertArrayEquals(
                new double[] {inBase, inExponent}, Formula.at("x^y", x, y).gradient());
    }

    @ParameterizedTest
    @CsvSource({
        // Where the other side is NaN or infinite, in value, in the first and in the second derivative.
        "x > 0 ? log(x) : x^2,              -3,  9,  -6, 2",
        "x > 0 ? x^2 : log(x),               3,  9,   6, 2",
        "x > 0 ? sqrt(x)*log(x) : x^3,       0,  0,   0, 0",
        "x == 0 ? 1 + x^2/2 : sin(x)/x^3,    0,  1,   0, 1",
        "abs(x) < 1 ? x^2 : exp(1000*x^2),  0.5, 0.25, 1, 2",
        "x > 2 ? x : x < 1 ? sqrt(x - 1) : x^2, 1.5, 2.25, 3, 2",
        "(x > 0 ? sqrt(x) : 0)^2,            0,  0,   0, 0",
        "(x > 0 ? x : 0)*(x > 0 ? log(x) : 0), -1, 0, 0, 0",
        "exp(x > 0 ? 1/x : x),               0,  1,   1, 1",
        "x > 0 && log(x) > 0 ? log(x)^2 : x, 0.5, 0.5, 1, 0"
    })
    void theOtherSideOfASelectionIsSilent(String formula, double x, double value, double slope, double curvature) {
        Formula f = Formula.at(formula, x);
        assertEquals(value, f.value(), 1e-15);
        assertEquals(slope, f.slope(), 1e-15);
        assertEquals(curvature, f.hessian()[0], 1e-15);
    }
}
