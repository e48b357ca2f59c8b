package dev.gradc.regroup;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes expressions apart. Products are taken apart whole; a sum within a sum becomes part of it, unless it is one of the kept
 * expressions: how these are added up is decided. Nothing is multiplied out, except powers of two.
 */
final class Reader {

    /** A sum within a sum of more terms stays a term, and so the work stays linear. */
    private static final int MOST_TERMS = 48;

    private static final int LARGEST_POWER = 4;

    private final Pool pool;
    private final Map<Expr, Term> done = new HashMap<>();
    private final Known known;
    private final Set<Expr> kept = new LinkedHashSet<>();
    private boolean keeping;

    /** @param kept what is worked out as it is written, whatever becomes of the rest */
    Reader(Pool pool, Collection<Expr> kept) {
        this.pool = pool;
        known = new Known(pool);
        keeping = true;
        this.kept.addAll(Walk.postOrder(kept));
        for (Expr expression : this.kept) {
            Term term = read(expression);
            if (term.node() != pool.one) {
                known.add(term, expression);
                // Below a bar its number is a factor.
                Term divisor = pool.reciprocal(pool.reciprocal(term));
                if (!divisor.equals(term)) {
                    known.add(divisor, expression);
                }
            }
        }
        keeping = false;
    }

    /** What is kept. */
    Known known() {
        return known;
    }

    Term read(Expr expression) {
        Term term = done.get(expression);
        if (term == null) {
            term = term(expression);
            done.put(expression, term);
        }
        return term;
    }

    private Term term(Expr expression) {
        if (expression instanceof Constant constant && Double.isFinite(constant.value())) {
            return pool.number(constant.value());
        }
        if (expression instanceof Select select) {
            return selection(read(select.condition()), read(select.then()), read(select.otherwise()));
        }
        if (!(expression instanceof Call call)) {
            return new Term(1, pool.atom(expression));
        }
        List<Term> operands = new ArrayList<>();
        call.arguments().forEach(argument -> operands.add(read(argument)));
        if (call.function() instanceof Operator operator) {
            Term first = operands.get(0);
            Term last = operands.get(operands.size() - 1);
            switch (operator) {
                case ADD:
                    return sum(call, 1);
                case SUBTRACT:
                    return sum(call, -1);
                case NEGATE:
                    return first.times(-1);
                case MULTIPLY:
                    return pool.product(first, last);
                case DIVIDE:
                    if (!last.isZero()) {
                        return pool.product(first, pool.reciprocal(last));
                    }
                    break;
                case POWER:
                    if (call.argument(1) instanceof Constant exponent && isSmall(exponent)) {
                        return power(first, (int) exponent.value());
                    }
                    break;
                default:
                    break;
            }
        }
        return new Term(1, pool.applied(call.function(), operands));
    }

    private static boolean isSmall(Constant exponent) {
        return exponent.isInteger() && exponent.value() >= 2 && exponent.value() <= LARGEST_POWER;
    }

    private Term power(Term base, int exponent) {
        Term power = base;
        for (int i = 1; i < exponent; i++) {
            power = pool.product(power, base);
        }
        return power;
    }

    /** The sign of the only side that is not 0 stands before the selection. */
    private Term selection(Term condition, Term then, Term otherwise) {
        boolean negative = otherwise.isZero() && then.isNegative() || then.isZero() && otherwise.isNegative();
        double sign = negative ? -1 : 1;
        List<Term> arguments = List.of(condition, spread(then.times(sign)), spread(otherwise.times(sign)));
        return new Term(sign, pool.applied(null, arguments));
    }

    /** A number before a sum that is to be worked out goes to its terms, which may share its product with others. */
    Term spread(Term term) {
        return term.node() instanceof Total total && !known.contains(total) ? pool.spread(term.number(), total) : term;
    }

    private Term sum(Call call, double sign) {
        List<Term> terms = new ArrayList<>();
        add(call.argument(0), read(call.argument(0)), terms);
        add(call.argument(1), read(call.argument(1)).times(sign), terms);
        return pool.total(terms);
    }

    private void add(Expr summand, Term term, List<Term> terms) {
        boolean open = term.node() instanceof Total total
                && total.terms.size() + terms.size() <= MOST_TERMS
                && Pool.isPowerOfTwo(term.number())
                && isOpen(summand);
        if (open) {
            ((Total) term.node()).terms.forEach(part -> terms.add(part.times(term.number())));
        } else {
            terms.add(term);
        }
    }

    /** Whether {@code expression} is a sum in no order that was written, or a multiple of one. */
    private boolean isOpen(Expr expression) {
        Expr rest = expression;
        while (rest instanceof Call call && call.function() instanceof Operator operator) {
            switch (operator) {
                case ADD, SUBTRACT:
                    return keeping || !kept.contains(rest);
                case MULTIPLY:
                    rest = call.argument(call.argument(0) instanceof Constant ? 1 : 0);
                    break;
                case DIVIDE, NEGATE:
                    rest = call.argument(0);
                    break;
                default:
                    return false;
            }
        }
        return false;
    }
}
