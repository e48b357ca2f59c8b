package dev.gradc.simplify;

/**
 * A set of real numbers between two bounds, each inside it or not. Arithmetic gives an interval that holds every result of exact
 * arithmetic: bounds that a double cannot express are widened outwards.
 */
record Interval(double low, boolean lowInside, double high, boolean highInside) {

    static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    static final Interval TRUTH = closed(0, 1);
    static final Interval POSITIVE = above(0, false);
    static final Interval NONNEGATIVE = above(0, true);

    static Interval closed(double low, double high) {
        return new Interval(low, true, high, true);
    }

    static Interval point(double value) {
        return Double.isFinite(value) ? closed(value, value) : ALL;
    }

    static Interval above(double low, boolean inside) {
        return new Interval(low, inside, Double.POSITIVE_INFINITY, false);
    }

    static Interval below(double high, boolean inside) {
        return new Interval(Double.NEGATIVE_INFINITY, false, high, inside);
    }

    boolean isPoint() {
        return low == high;
    }

    /** Whether every number in it is greater than {@code bound}. */
    boolean isAbove(double bound) {
        return low > bound || low == bound && !lowInside;
    }

    boolean isBelow(double bound) {
        return high < bound || high == bound && !highInside;
    }

    boolean isNonnegative() {
        return low >= 0;
    }

    boolean isNonpositive() {
        return high <= 0;
    }

    boolean excludesZero() {
        return isAbove(0) || isBelow(0);
    }

    Interval and(Interval other) {
        boolean thisLow = low > other.low || low == other.low && !lowInside;
        boolean thisHigh = high < other.high || high == other.high && !highInside;
        return new Interval(
                thisLow ? low : other.low,
                thisLow ? lowInside : other.lowInside,
                thisHigh ? high : other.high,
                thisHigh ? highInside : other.highInside);
    }

    /** The smallest interval around both. */
    Interval or(Interval other) {
        boolean thisLow = low < other.low || low == other.low && lowInside;
        boolean thisHigh = high > other.high || high == other.high && highInside;
        return new Interval(
                thisLow ? low : other.low,
                thisLow ? lowInside : other.lowInside,
                thisHigh ? high : other.high,
                thisHigh ? highInside : other.highInside);
    }

    Interval negate() {
        return new Interval(-high, highInside, -low, lowInside);
    }

    Interval plus(Interval other) {
        return new Interval(
                Outward.sum(low, other.low, false),
                lowInside && other.lowInside,
                Outward.sum(high, other.high, true),
                highInside && other.highInside);
    }

    Interval minus(Interval other) {
        return plus(other.negate());
    }

    Interval times(Interval other) {
        Interval result = corner(low, lowInside, other.low, other.lowInside);
        result = result.or(corner(low, lowInside, other.high, other.highInside));
        result = result.or(corner(high, highInside, other.low, other.lowInside));
        return result.or(corner(high, highInside, other.high, other.highInside));
    }

    private static Interval corner(double a, boolean aInside, double b, boolean bInside) {
        if (a == 0 || b == 0) {
            // A zero that is inside gives 0, however large the other factor; one that is not is only approached.
            boolean inside = a == 0 && aInside || b == 0 && bInside;
            return new Interval(0, inside, 0, inside);
        }
        boolean inside = aInside && bInside;
        return new Interval(Outward.product(a, b, false), inside, Outward.product(a, b, true), inside);
    }

    /** The values of 1/x. */
    Interval reciprocal() {
        if (!excludesZero()) {
            return isNonnegative() ? POSITIVE : isNonpositive() ? POSITIVE.negate() : ALL;
        }
        return new Interval(invert(high, false), highInside, invert(low, true), lowInside);
    }

    // A bound of 0 lies at the end that goes to infinity: the reciprocals of numbers above 0 end upwards, and below
    // downwards.
    private static double invert(double bound, boolean up) {
        if (bound == 0) {
            return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return Double.isInfinite(bound) ? 0 : Outward.quotient(1, bound, up);
    }

    /** The values of |x|. */
    Interval magnitude() {
        if (isNonnegative()) {
            return this;
        }
        return isNonpositive() ? negate() : or(negate()).and(NONNEGATIVE);
    }
}
