package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A sum under construction: the terms without their numbers, and those numbers; a number alone is that of the term 1. */
record Sum(Map<Expr, Fraction> terms) {

    Sum() {
        this(new LinkedHashMap<>());
    }

    int size() {
        return terms.size();
    }

    void add(Expr term, Fraction number) {
        if (number.isZero()) {
            return;
        }
        Fraction before = terms.get(term);
        Optional<Fraction> after = before == null ? Optional.of(number) : before.plus(number);
        if (after.isEmpty()) {
            // Too many digits for one number: the second stays a term of its own.
            terms.put(Call.of(Operator.MULTIPLY, number.expression(), term), Fraction.ONE);
        } else if (after.get().isZero()) {
            terms.remove(term);
        } else {
            terms.put(term, after.get());
        }
    }

    Sum negate() {
        Sum result = new Sum();
        terms.forEach((term, number) -> result.terms.put(term, number.negate()));
        return result;
    }

    /** The same terms with their numbers divided; empty if that takes too many digits. */
    Optional<Sum> dividedBy(Fraction divisor) {
        Sum result = new Sum();
        for (Map.Entry<Expr, Fraction> entry : terms.entrySet()) {
            Optional<Fraction> number = entry.getValue().times(divisor.inverse());
            if (number.isEmpty()) {
                return Optional.empty();
            }
            result.terms.put(entry.getKey(), number.get());
        }
        return Optional.of(result);
    }

    /** The largest number that all numbers are integer multiples of; 1 if decimals are among them. */
    Fraction content() {
        Fraction content = null;
        for (Fraction number : terms.values()) {
            if (number.isDecimal()) {
                return Fraction.ONE;
            }
            content = content == null ? number.magnitude() : content.commonDivisor(number);
        }
        return content == null ? Fraction.ONE : content;
    }

    long negatives() {
        return terms.values().stream().filter(Fraction::isNegative).count();
    }
}
