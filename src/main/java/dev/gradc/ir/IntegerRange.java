package dev.gradc.ir;

import java.util.Map;

/**
 * The least and the greatest value that an integer expression can have, both inclusive, by interval arithmetic.
 *
 * <p>An interval of the full {@code long} range says that nothing is known.
 */
public record IntegerRange(long low, long high) {

    private static final long INFINITY = 1L << 52;

    /** Nothing known. */
    public static final IntegerRange ALL = new IntegerRange(-INFINITY, INFINITY);

    public static IntegerRange of(Expr expression) {
        return of(expression, Map.of());
    }

    /** The same where more is known of some expressions, as inside a selection that tests them. */
    public static IntegerRange of(Expr expression, Map<Expr, IntegerRange> known) {
        IntegerRange derived = expression.accept(new Evaluation(known));
        IntegerRange given = known.get(expression);
        return given == null ? derived : derived.and(given);
    }

    /** What is in both. */
    public IntegerRange and(IntegerRange other) {
        return new IntegerRange(Math.max(low, other.low), Math.min(high, other.high));
    }

    /** Whether it is one number. */
    public boolean isSingle() {
        return low == high;
    }

    private static IntegerRange bounded(double low, double high) {
        return new IntegerRange((long) Math.max(-INFINITY, low), (long) Math.min(INFINITY, high));
    }

    private static IntegerRange hull(double a, double b, double c, double d) {
        return bounded(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    private record Evaluation(Map<Expr, IntegerRange> known) implements Expr.Visitor<IntegerRange> {

        private IntegerRange range(Expr expression) {
            return IntegerRange.of(expression, known);
        }

        @Override
        public IntegerRange constant(Constant constant) {
            return constant.isInteger() ? bounded(constant.value(), constant.value()) : ALL;
        }

        @Override
        public IntegerRange index(Index index) {
            return new IntegerRange(range(index.low()).low, range(index.high()).high - 1);
        }

        @Override
        public IntegerRange access(Access access) {
            return access.tensor()
                    .limit()
                    .map(limit -> new IntegerRange(0, range(limit).high - 1))
                    .orElse(access.tensor().role() == Tensor.Role.SIZE ? new IntegerRange(0, INFINITY) : ALL);
        }

        @Override
        public IntegerRange call(Call call) {
            if (!(call.function() instanceof Operator operator)) {
                return ALL;
            }
            if (operator.isCondition()) {
                return new IntegerRange(0, 1);
            }
            IntegerRange a = range(call.argument(0));
            IntegerRange b = operator.arity() == 2 ? range(call.argument(1)) : a;
            return switch (operator) {
                case ADD -> bounded((double) a.low + b.low, (double) a.high + b.high);
                case SUBTRACT -> bounded((double) a.low - b.high, (double) a.high - b.low);
                case NEGATE -> new IntegerRange(-a.high, -a.low);
                case MULTIPLY ->
                    hull(
                            (double) a.low * b.low,
                            (double) a.low * b.high,
                            (double) a.high * b.low,
                            (double) a.high * b.high);
                case DIVIDE ->
                    b.isSingle() && b.low > 0 && a.low != -INFINITY && a.high != INFINITY
                            ? new IntegerRange(Math.floorDiv(a.low, b.low), Math.floorDiv(a.high, b.low))
                            : ALL;
                case REMAINDER ->
                    b.isSingle() && b.low > 0
                            ? a.low >= 0 && a.high < b.low ? a : new IntegerRange(a.low >= 0 ? 0 : 1 - b.low, b.low - 1)
                            : ALL;
                default -> ALL;
            };
        }

        @Override
        public IntegerRange select(Select select) {
            IntegerRange a = range(select.then());
            IntegerRange b = range(select.otherwise());
            return new IntegerRange(Math.min(a.low, b.low), Math.max(a.high, b.high));
        }
    }
}
