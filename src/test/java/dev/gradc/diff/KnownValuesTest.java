package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives that are known in closed form, to the last digits. */
class KnownValuesTest {

    @ParameterizedTest
    @ValueSource(doubles = {-4.499, -3, -1.2, -0.5, 0, 0.3, 1, 2.5, 7, 30, 300})
    void aChainOfThree(double x) {
        double a = -x;
        double b = Math.exp(a);
        double c = Math.sin(b);
        double slope = -2 / (c * c) * Math.cos(b) * Math.exp(a) * -1;
        assertEquals(slope, Formula.at("2/sin(exp(-x))", x).slope(), 1e-14 * Math.abs(slope));
    }

    @Test
    void aPolynomial() {
        assertArrayEquals(new double[] {39, 8}, Formula.at("x^3*y + 3*x", 2, 3).gradient());
        assertArrayEquals(
                new double[] {36, 12, 12, 0}, Formula.at("x^3*y + 3*x", 2, 3).hessian());
    }

    @Test
    void theLossOfALogisticUnitOnAnExampleOfItsClass() {
        double slope = Formula.at("-y*log(1/(1+exp(-w*x)))", 3, 1, 3).gradient()[2];
        double exact = -3 / (1 + Math.exp(9));
        assertEquals(exact, slope, 1e-14 * Math.abs(exact));
        assertEquals(-0.00037018372, slope, 1e-11);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 3",
        "3, 0, 3",
        "-2, 1, 0.7",
        "0.5, 0.25, -4",
        "1, 0, 40",
        "1, 1, -700",
        "1000, 1, 1",
        "1000, 0, 1"
    })
    void theCrossEntropyOfALogisticUnitPullsByItsError(double x, double y, double w) {
        String loss = "-(y*log(1/(1+exp(-w*x))) + (1-y)*log(1-1/(1+exp(-w*x))))";
        // p - y, without cancellation where p is near y.
        double error = y == 1 ? -1 / (1 + Math.exp(w * x)) : 1 / (1 + Math.exp(-w * x)) - y;
        double[] gradient = Formula.at(loss, x, y, w).gradient();
        assertEquals(error * x, gradient[2], 1e-14 * Math.abs(error * x) + 1e-300);
        assertEquals(error * w, gradient[0], 1e-14 * Math.abs(error * w) + 1e-300);
    }

    @ParameterizedTest
    @CsvSource({
        "log(1+exp(x)),       800,    800,  1",
        "log(1+exp(x)),      -800,      0,  0",
        "log(sigmoid(x)),    -800,   -800,  1",
        "log(sigmoid(x)),     800,      0,  0",
        "log(1-sigmoid(x)),   800,   -800, -1",
        "exp(x)-1,          1e-20,  1e-20,  1",
        "1/(1+exp(-x)),      -800,      0,  0",
        "1/(1+exp(-x)),       800,      1,  0",
        "1-tanh(x)^2,         400,      0,  0",
        "exp(-x)/(exp(x)+exp(-x)), -800, 1, 0",
        "sqrt(x^2+1),        -1e200, 1e200, -1",
        "log(1+x),          1e-20,  1e-20,  1",
        "exp(x)/(exp(x)+exp(-x)), 800,  1,  0",
        "log(exp(x)+exp(-x)), -800,   800, -1",
        "sin(x)/x,              0,      1,  0",
        "(exp(x)-exp(-x))/(exp(x)+exp(-x)), 800, 1, 0"
    })
    void textbookFormsStayFinite(String formula, double x, double value, double slope) {
        Formula f = Formula.at(formula, x);
        assertEquals(value, f.value(), 1e-15 * Math.abs(value));
        assertEquals(slope, f.slope(), 1e-15 * Math.abs(slope));
    }
}
