package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * An exact number as it stands in formulas: a quotient of integers in lowest terms, the denominator positive. It remembers whether it
 * came from a decimal, {@code 0.1}, so that three times that prints as 0.3 and not as 3/10; this does not count in comparisons.
 */
public final class Fraction {

    public static final Fraction ZERO = integer(0);
    public static final Fraction ONE = integer(1);
    public static final Fraction MINUS_ONE = integer(-1);
    public static final Fraction HALF = new Fraction(1, 2, false);

    /** Longer decimals are measurements or irrational; they are kept apart as they are. */
    private static final MathContext DIGITS = new MathContext(12);

    /** The largest denominator that is looked for behind a double such as 0.333…. */
    private static final int DENOMINATORS = 64;

    private static final long LIMIT = 1L << 53;

    private static final double ROOM = 0x1p60;

    /** Exponents are written as decimals from tenths on. */
    private static final int DECIMAL_EXPONENTS = 10;

    /** A multiple of all denominators of decimals. */
    private static final long DECIMALS = 1_000_000_000_000L;

    private final long numerator;
    private final long denominator;
    private final boolean decimal;

    private Fraction(long numerator, long denominator, boolean decimal) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.decimal = decimal;
    }

    public static Fraction integer(long value) {
        return new Fraction(value, 1, false);
    }

    /** The number that {@code expression} is: a constant, or a quotient of constants as {@link #expression} makes it. */
    public static Optional<Fraction> of(Expr expression) {
        if (expression instanceof Constant constant) {
            return of(constant.value());
        }
        if (expression instanceof Call call
                && call.function() == Operator.DIVIDE
                && call.argument(0) instanceof Constant a
                && call.argument(1) instanceof Constant b) {
            return of(a.value())
                    .flatMap(p -> of(b.value()).filter(q -> !q.isZero()).flatMap(q -> p.times(q.inverse())));
        }
        return Optional.empty();
    }

    private static Optional<Fraction> of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < LIMIT) {
            return Optional.of(integer((long) value));
        }
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        BigDecimal digits = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        if (digits.doubleValue() == value && digits.scale() > 0 && digits.scale() <= DIGITS.getPrecision()) {
            return reduced(
                    digits.unscaledValue().longValue(),
                    BigDecimal.TEN.pow(digits.scale()).longValue(),
                    Math.abs(value) != HALF.value());
        }
        for (long q = 3; q <= DENOMINATORS; q++) {
            double p = Math.rint(value * q);
            if (Math.abs(p) < LIMIT / DENOMINATORS && p / q == value) {
                return reduced((long) p, q, false);
            }
        }
        return Optional.empty();
    }

    private static Optional<Fraction> reduced(long numerator, long denominator, boolean decimal) {
        long divisor = gcd(numerator, denominator);
        long sign = denominator < 0 ? -1 : 1;
        long p = sign * numerator / divisor;
        long q = sign * denominator / divisor;
        return Math.abs(p) < LIMIT && q < LIMIT ? Optional.of(new Fraction(p, q, decimal)) : Optional.empty();
    }

    private static long gcd(long a, long b) {
        long x = Math.abs(a);
        long y = Math.abs(b);
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x == 0 ? 1 : x;
    }

    public boolean isZero() {
        return numerator == 0;
    }

    public boolean isOne() {
        return numerator == 1 && denominator == 1;
    }

    public boolean isInteger() {
        return denominator == 1;
    }

    public boolean isNegative() {
        return numerator < 0;
    }

    /** Whether it is an odd number of halves. */
    public boolean isHalves() {
        return denominator == 2;
    }

    /** The largest integer that is looked for whose square divides this integer. */
    public Fraction square() {
        long square = 1;
        for (long divisor = 2; divisor <= DENOMINATORS && divisor * divisor <= numerator; divisor++) {
            while (numerator / square / square % (divisor * divisor) == 0) {
                square *= divisor;
            }
        }
        return integer(square);
    }

    /** The integer whose root is the denominator times that of this; empty for decimals, which are left alone. */
    public Optional<Fraction> radicand() {
        return isNegative() || isDecimal() || !fits(numerator, denominator)
                ? Optional.empty()
                : reduced(numerator * denominator, 1, false);
    }

    public boolean isEven() {
        return isInteger() && numerator % 2 == 0;
    }

    /** The largest number of which both are integer multiples; 1 if that takes too many digits. */
    public Fraction commonDivisor(Fraction other) {
        long rest = denominator / gcd(denominator, other.denominator);
        return fits(rest, other.denominator)
                ? reduced(gcd(numerator, other.numerator), rest * other.denominator, false)
                        .orElse(ONE)
                : ONE;
    }

    public long numerator() {
        return numerator;
    }

    public long denominator() {
        return denominator;
    }

    public double value() {
        return (double) numerator / denominator;
    }

    public Fraction negate() {
        return new Fraction(-numerator, denominator, decimal);
    }

    public Fraction magnitude() {
        return isNegative() ? negate() : this;
    }

    public Fraction inverse() {
        return new Fraction(isNegative() ? -denominator : denominator, Math.abs(numerator), decimal);
    }

    /** The sum; empty if it takes too many digits. */
    public Optional<Fraction> plus(Fraction other) {
        boolean fits = fits(numerator, other.denominator)
                && fits(other.numerator, denominator)
                && fits(denominator, other.denominator);
        return fits
                ? reduced(
                        numerator * other.denominator + other.numerator * denominator,
                        denominator * other.denominator,
                        decimal || other.decimal)
                : Optional.empty();
    }

    /** The product; empty if it takes too many digits. */
    public Optional<Fraction> times(Fraction other) {
        if (isOne() || other.isOne()) {
            return Optional.of(isOne() ? other : this);
        }
        long across = gcd(numerator, other.denominator);
        long back = gcd(other.numerator, denominator);
        return fits(numerator / across, other.numerator / back) && fits(denominator / back, other.denominator / across)
                ? reduced(
                        numerator / across * (other.numerator / back),
                        denominator / back * (other.denominator / across),
                        decimal || other.decimal)
                : Optional.empty();
    }

    /** What an operator makes of two numbers; empty if it takes too many digits, or is no such number. */
    public Optional<Fraction> by(Operator operator, Fraction other) {
        return switch (operator) {
            case ADD -> plus(other);
            case SUBTRACT -> plus(other.negate());
            case MULTIPLY -> times(other);
            case DIVIDE -> other.isZero() ? Optional.empty() : times(other.inverse());
            case POWER -> power(other);
            default -> Optional.empty();
        };
    }

    // Whether a product fits with room for a sum of two.
    private static boolean fits(long a, long b) {
        return Math.abs((double) a * b) < ROOM;
    }

    /** A power that is again such a number: an integer one, not below 0 of 0, or half of one of the square of a number. */
    public Optional<Fraction> power(Fraction exponent) {
        if (exponent.isHalves()) {
            return root().flatMap(root -> root.power(integer(exponent.numerator)));
        }
        if (!exponent.isInteger() || Math.abs(exponent.numerator) > Long.SIZE || isZero() && exponent.isNegative()) {
            return Optional.empty();
        }
        if (exponent.isOne() || isOne()) {
            return Optional.of(this);
        }
        Fraction factor = exponent.isNegative() ? inverse() : this;
        Optional<Fraction> power = Optional.of(ONE);
        for (long i = 0; i < Math.abs(exponent.numerator); i++) {
            power = power.flatMap(factor::times);
        }
        return power;
    }

    /** Whether it is written with a point rather than with a fraction bar, as is what came from decimals; but a half is a half. */
    public boolean isDecimal() {
        return decimal && denominator > 1 && !isHalf() && DECIMALS % denominator == 0;
    }

    /** {@code 3}, {@code 0.3} or {@code 1/3}. */
    public Expr expression() {
        return isInteger() || isDecimal()
                ? Constant.of(value())
                : Call.of(Operator.DIVIDE, Constant.of(numerator), Constant.of(denominator));
    }

    /** The same, but a half is {@code 0.5}, as rules have it. */
    public Expr constant() {
        return isHalf() ? Constant.of(value()) : expression();
    }

    private Optional<Fraction> root() {
        long p = (long) Math.sqrt(Math.max(0, numerator));
        long q = (long) Math.sqrt(denominator);
        return p * p == numerator && q * q == denominator ? Optional.of(new Fraction(p, q, decimal)) : Optional.empty();
    }

    private boolean isHalf() {
        return denominator == 2 && Math.abs(numerator) == 1;
    }

    /** The one way in which it is written as an exponent; a half is {@code 0.5}, as rules have it. */
    public Expr exponent() {
        boolean asDecimal = isHalf() || denominator >= DECIMAL_EXPONENTS && DECIMALS % denominator == 0;
        return isInteger() || asDecimal
                ? Constant.of(value())
                : new Fraction(numerator, denominator, false).expression();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fraction fraction
                && fraction.numerator == numerator
                && fraction.denominator == denominator;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * numerator + denominator);
    }

    @Override
    public String toString() {
        return expression().toString();
    }
}
