package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Options;
import java.util.Map;
import java.util.function.Supplier;
import org.hipparchus.analysis.differentiation.Gradient;

/** The price of a European call by Black and Scholes, 1973, and its derivatives. */
final class OptionProblem {

    static final Map<Contestant, Supplier<Evaluation>> CONTESTANTS = Map.of(
            Contestant.PORTABLE, () -> new OptionProblem()::generated,
            Contestant.BY_HAND, () -> new OptionProblem()::byHand,
            Contestant.HIPPARCHUS, () -> new OptionProblem()::hipparchus);

    private static final double ROOT = Math.sqrt(2 * Math.PI);

    private double share = 100;
    private double strike = 95;
    private double interest = 0.03;
    private double volatility = 0.2;
    private double years = 0.75;

    private double generated(double[] derivative) {
        return Options.callGradient(share, strike, interest, volatility, years, derivative);
    }

    private double byHand(double[] derivative) {
        double root = Math.sqrt(years);
        double deviation = volatility * root;
        double d1 = (Math.log(share / strike) + (interest + volatility * volatility / 2) * years) / deviation;
        double d2 = d1 - deviation;
        double density = Math.exp(-d1 * d1 / 2);
        double p1 = distribution(d1, density);
        double p2 = distribution(d2, Math.exp(-d2 * d2 / 2));
        double discounted = strike * Math.exp(-interest * years);
        double spread = share * density / ROOT;
        derivative[0] = p1;
        derivative[1] = -discounted * p2 / strike;
        derivative[2] = discounted * years * p2;
        derivative[3] = spread * root;
        derivative[4] = spread * volatility / (2 * root) + interest * discounted * p2;
        return share * p1 - discounted * p2;
    }

    /**
     * The distribution function of the standard normal distribution by a rational approximation, to 15 digits: Hart and others, Computer
     * Approximations, 1968, no. 5666; for |x| below 7.
     *
     * @param e exp(-x^2/2)
     */
    private static double distribution(double x, double e) {
        double z = Math.abs(x);
        double above =
                ((((((3.52624965998911e-02 * z + 0.700383064443688) * z + 6.37396220353165) * z + 33.912866078383) * z
                                                        + 112.079291497871)
                                                * z
                                        + 221.213596169931)
                                * z
                        + 220.206867912376);
        double below =
                (((((((8.83883476483184e-02 * z + 1.75566716318264) * z + 16.064177579207) * z + 86.7807322029461) * z
                                                                        + 296.564248779674)
                                                                * z
                                                        + 637.333633378831)
                                                * z
                                        + 793.826512519948)
                                * z
                        + 440.413735824752);
        double tail = e * above / below;
        return x > 0 ? 1 - tail : tail;
    }

    private double hipparchus(double[] derivative) {
        Gradient s = Gradient.variable(5, 0, share);
        Gradient k = Gradient.variable(5, 1, strike);
        Gradient r = Gradient.variable(5, 2, interest);
        Gradient sigma = Gradient.variable(5, 3, volatility);
        Gradient t = Gradient.variable(5, 4, years);
        Gradient deviation = sigma.multiply(t.sqrt());
        Gradient d1 = s.divide(k)
                .log()
                .add(sigma.square().divide(2).add(r).multiply(t))
                .divide(deviation);
        Gradient d2 = d1.subtract(deviation);
        Gradient value = s.multiply(distribution(d1))
                .subtract(k.multiply(r.multiply(t).negate().exp()).multiply(distribution(d2)));
        for (int i = 0; i < 5; i++) {
            derivative[i] = value.getPartialDerivative(i);
        }
        return value.getValue();
    }

    private static Gradient distribution(Gradient d) {
        double e = Math.exp(-d.getValue() * d.getValue() / 2);
        return d.compose(distribution(d.getValue(), e), e / ROOT);
    }
}
