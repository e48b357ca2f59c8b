package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.KnownRanges;
import dev.gradc.ir.Operator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the elements that must not be read but where a condition holds: without it they may not be there. */
final class GuardedReads {

    private GuardedReads() {}

    /** The elements in {@code value} that may not be there, unless selections in it see to that. */
    static Set<Access> in(Value value) {
        if (value.node instanceof Access access) {
            return value.isGiven || isInside(access, Map.of()) ? Set.of() : Set.of(access);
        }
        Set<Access> outside = Set.of();
        for (int i = 0; i < value.operands.size(); i++) {
            outside = union(outside, outsideOfOperand(value, i));
        }
        return outside;
    }

    /** The same of an operand, which may only be computed where a condition holds. */
    private static Set<Access> outsideOfOperand(Value value, int operand) {
        Set<Access> outside = value.operands.get(operand).outside;
        if (outside.isEmpty() || operand == 0 || !value.isSelective()) {
            return outside;
        }
        Expr condition = value.operands.get(0).node;
        boolean negated = value.node instanceof Call call ? call.function() == Operator.OR : operand == 2;
        Map<Expr, IntegerRange> known =
                KnownRanges.where(List.of(negated ? Call.of(Operator.NOT, condition) : condition));
        Set<Access> left = new HashSet<>(outside);
        left.removeIf(access -> isInside(access, known));
        return left;
    }

    private static Set<Access> union(Set<Access> a, Set<Access> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        Set<Access> union = new HashSet<>(a);
        union.addAll(b);
        return union;
    }

    private static boolean isInside(Access access, Map<Expr, IntegerRange> known) {
        for (int axis = 0; axis < access.subscripts().size(); axis++) {
            Expr subscript = access.subscripts().get(axis);
            Expr extent = access.tensor().shape().extent(axis);
            boolean wholeAxis =
                    subscript instanceof Index index && index.low() == Constant.ZERO && index.high() == extent;
            if (!wholeAxis) {
                IntegerRange range = IntegerRange.of(subscript, known);
                if (range.low() < 0 || range.high() >= IntegerRange.of(extent).low()) {
                    return false;
                }
            }
        }
        return true;
    }
}
