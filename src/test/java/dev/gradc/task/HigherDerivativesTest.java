package dev.gradc.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.data.NumberArray;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives up to the tenth: worth what the coefficients of the Taylor series say, and growing as a polynomial does, not doubling with
 * each order.
 */
class HigherDerivativesTest {

    private static final int ORDER = 10;
    private static final double POINT = 1.7;

    /**
     * @param longest how many characters the tenth derivative takes at most, with what it shares
     * @param series the same formula of a truncated Taylor series
     */
    record Textbook(String text, int longest, UnaryOperator<Taylor> series) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Textbook> formulas() {
        return Stream.of(
                new Textbook(
                        "2/sin(exp(-x))",
                        1000,
                        x -> Taylor.of(2).over(x.negate().exp().sin())),
                new Textbook("x*sin(x)*exp(x)", 60, x -> x.times(x.sin()).times(x.exp())),
                new Textbook(
                        "x^2*log(x)*cos(x)", 400, x -> x.times(x).times(x.log()).times(x.cos())),
                new Textbook(
                        "exp(sin(exp(sin(x))))",
                        25_000,
                        x -> x.sin().exp().sin().exp()),
                new Textbook("sin(x)/x", 250, x -> x.sin().over(x)),
                new Textbook(
                        "x^2*sin(x)/(1 + x^2)",
                        500,
                        x -> x.times(x).times(x.sin()).over(Taylor.of(1).plus(x.times(x)))),
                new Textbook("x^x", 1000, x -> x.times(x.log()).exp()),
                new Textbook("tanh(x)", 110, HigherDerivativesTest::tanh),
                new Textbook(
                        "1/(1 + exp(-x))",
                        250,
                        x -> Taylor.of(1).over(Taylor.of(1).plus(x.negate().exp()))),
                new Textbook("atan(x)", 90, HigherDerivativesTest::atan));
    }

    private static Taylor tanh(Taylor x) {
        Taylor square = x.plus(x).exp();
        return square.plus(Taylor.of(-1)).over(square.plus(Taylor.of(1)));
    }

    private static Taylor atan(Taylor x) {
        return Taylor.of(1).over(Taylor.of(1).plus(x.times(x))).integral(Math.atan(POINT));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void areWorthWhatTheSeriesSays(Textbook formula) {
        Taylor series = formula.series().apply(Taylor.variable(POINT));
        Formula derivative = Formula.parse(new SourceFile("expression", formula.text()), List.of(), Map.of());
        for (int order = 1; order <= ORDER; order++) {
            derivative = derivative.derivative("x").readable();
            double expected = series.derivative(order);
            double shown =
                    derivative.evaluate(Map.of("x", NumberArray.scalar(POINT))).values()[0];
            assertEquals(expected, shown, 1e-9 * Math.max(1, Math.abs(expected)), "order " + order);
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void growAsPolynomialsDo(Textbook formula) {
        String text = Derivation.text(
                new DerivationRequest(
                        formula.text(),
                        Optional.empty(),
                        Map.of(),
                        List.of("x"),
                        ORDER,
                        false,
                        List.of(),
                        List.of(),
                        true),
                Notation.TEXT);
        assertTrue(text.length() <= formula.longest(), () -> text.length() + ": " + text);
    }

    /** A truncated Taylor series: the textbook's recurrences for its coefficients. */
    record Taylor(double[] c) {

        static Taylor of(double value) {
            double[] c = new double[ORDER + 1];
            c[0] = value;
            return new Taylor(c);
        }

        static Taylor variable(double value) {
            Taylor x = of(value);
            x.c[1] = 1;
            return x;
        }

        double derivative(int order) {
            double result = c[order];
            for (int k = 2; k <= order; k++) {
                result *= k;
            }
            return result;
        }

        Taylor plus(Taylor other) {
            double[] sum = c.clone();
            for (int k = 0; k <= ORDER; k++) {
                sum[k] += other.c[k];
            }
            return new Taylor(sum);
        }

        Taylor negate() {
            return times(of(-1));
        }

        Taylor times(Taylor other) {
            double[] product = new double[ORDER + 1];
            for (int i = 0; i <= ORDER; i++) {
                for (int j = 0; i + j <= ORDER; j++) {
                    product[i + j] += c[i] * other.c[j];
                }
            }
            return new Taylor(product);
        }

        Taylor over(Taylor other) {
            double[] quotient = new double[ORDER + 1];
            for (int k = 0; k <= ORDER; k++) {
                quotient[k] = c[k];
                for (int j = 1; j <= k; j++) {
                    quotient[k] -= other.c[j] * quotient[k - j];
                }
                quotient[k] /= other.c[0];
            }
            return new Taylor(quotient);
        }

        /** Of {@code this'}: the series with that derivative. */
        Taylor integral(double value) {
            double[] integral = new double[ORDER + 1];
            integral[0] = value;
            for (int k = 1; k <= ORDER; k++) {
                integral[k] = c[k - 1] / k;
            }
            return new Taylor(integral);
        }

        private Taylor slope() {
            double[] slope = new double[ORDER + 1];
            for (int k = 0; k < ORDER; k++) {
                slope[k] = (k + 1) * c[k + 1];
            }
            return new Taylor(slope);
        }

        Taylor log() {
            return slope().over(this).integral(Math.log(c[0]));
        }

        // y' = y*u'
        Taylor exp() {
            Taylor result = of(Math.exp(c[0]));
            for (int k = 0; k < ORDER; k++) {
                result = result.times(slope()).integral(Math.exp(c[0]));
            }
            return result;
        }

        Taylor sin() {
            return circle(Math.sin(c[0]), Math.cos(c[0]));
        }

        Taylor cos() {
            return circle(Math.cos(c[0]), -Math.sin(c[0]));
        }

        // y'' = -y in u, one coefficient more with each turn.
        private Taylor circle(double value, double slope) {
            Taylor one = of(value);
            Taylor other = of(slope);
            for (int k = 0; k < ORDER; k++) {
                Taylor next = other.times(slope()).integral(value);
                other = one.negate().times(slope()).integral(slope);
                one = next;
            }
            return one;
        }
    }
}
