package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.lower.code.Types;
import java.util.List;
import java.util.Optional;

/** Suggests names for values: what a formula is made of, as one would read it out. */
final class Hints {

    /** The greatest number in a name. */
    private static final int GREATEST = 999;

    private Hints() {}

    /** {@code hj} for {@code h[n,j]}, {@code A12} for {@code A[1,2]}, {@code bValue} for {@code b}. */
    static String element(Access access) {
        List<Expr> subscripts = access.subscripts();
        if (subscripts.isEmpty()) {
            return access.tensor().name() + "Value";
        }
        if (subscripts.stream().allMatch(Constant.class::isInstance)) {
            List<String> numbers = subscripts.stream().map(Expr::toString).toList();
            boolean areDigits = numbers.stream().allMatch(number -> number.length() == 1);
            return access.tensor().name() + String.join(areDigits ? "" : "_", numbers);
        }
        String last = subscripts.get(subscripts.size() - 1).toString();
        return access.tensor().name() + (last.matches("[a-zA-Z]|[0-9]{1,6}") ? last : "");
    }

    /**
     * {@code oneMinusX} for {@code 1 - x}, {@code exp} for the exponential of something long; else nothing.
     *
     * @param element where the value is stored, if it is; that names what has no words of its own
     */
    static String of(Value value, Optional<Access> element) {
        if (value.node instanceof Access access) {
            return element(access);
        }
        value.words = words(value);
        return value.words
                .map(Words::text)
                .or(() -> element.map(Hints::element))
                .orElseGet(() -> ofKind(value.node));
    }

    /** What has no words may be a condition, or a sum of three terms or more. */
    private static String ofKind(Expr node) {
        return Types.isCondition(node) ? "condition" : isSum(node) && isSum(((Call) node).argument(0)) ? "sum" : "";
    }

    private static boolean isSum(Expr node) {
        return node.isCallOf(Operator.ADD) || node.isCallOf(Operator.SUBTRACT);
    }

    private static Optional<Words> words(Value value) {
        if (value.local != null) {
            String hint = value.local.hint();
            return value.words.or(() -> hint.equals(ofKind(value.node)) ? Optional.empty() : name(hint));
        }
        if (value.node instanceof Access access) {
            return name(access.tensor().rank() == 0 ? access.tensor().name() : element(access));
        }
        if (value.node instanceof Index index) {
            return name(index.name());
        }
        if (value.node instanceof Constant constant) {
            boolean isShort = constant.isInteger() && constant.value() >= 0 && constant.value() <= GREATEST;
            return isShort ? Optional.of(Words.number((int) constant.value())) : Optional.empty();
        }
        if (!(value.node instanceof Call call) || value.operands.isEmpty()) {
            return Optional.empty();
        }
        Optional<Words> first = words(value.operands.get(0));
        if (!(call.function() instanceof Operator operator)) {
            String symbol = call.function().symbol();
            return first.filter(words -> value.operands.size() == 1)
                    .flatMap(words -> Words.function(symbol, words))
                    .or(() -> Optional.of(Words.function(symbol)));
        }
        if (operator.arity() == 1) {
            return first.flatMap(a -> Words.of(operator, a));
        }
        boolean isSquare = operator == Operator.MULTIPLY && value.operands.get(0) == value.operands.get(1);
        return isSquare
                ? first.flatMap(Words::squared)
                : first.flatMap(a -> words(value.operands.get(1)).flatMap(b -> Words.of(operator, a, b)));
    }

    private static Optional<Words> name(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Words.name(name));
    }
}
