package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.simplify.Fraction;
import dev.gradc.simplify.RuleSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The normal form of sums: the terms with their numbers, like ones together. */
final class SumForm {

    /** Longer shared sums stay together as one term, and keep the number that their terms share. */
    private static final int SHORT = 32;

    private final NormalForm form;
    private final RuleSet rules;
    private final Map<Expr, Multiple> multiples = new HashMap<>();

    SumForm(NormalForm form, RuleSet rules) {
        this.form = form;
        this.rules = rules;
    }

    /** A chain of sums, differences and signs in normal form. */
    Expr of(Expr raw) {
        Sum sum = new Sum();
        boolean typed = gather(raw, Fraction.ONE, sum, true) == sum.size();
        return finished(sum, typed);
    }

    /** How many terms stood there and are in normal form as they stood. */
    private int gather(Expr raw, Fraction number, Sum sum, boolean root) {
        if (root || form.isUsedOnce(raw)) {
            if (raw.isSum()) {
                Call call = (Call) raw;
                boolean minus = call.function() == Operator.SUBTRACT;
                return gather(call.argument(0), number, sum, false)
                        + gather(call.argument(1), minus ? number.negate() : number, sum, false);
            }
            if (raw.isCallOf(Operator.NEGATE)) {
                return gather(((Call) raw).argument(0), number.negate(), sum, false);
            }
        }
        Expr term = form.of(raw);
        add(sum, term, number);
        return term == raw ? 1 : 0;
    }

    /** Adds {@code number*term}, the term in normal form, taking short sums apart. */
    void add(Sum sum, Expr term, Fraction number) {
        if (isShortSum(term) && number.magnitude().isOne()) {
            addAll(sum, term, number);
            return;
        }
        Product product = Product.read(term);
        Optional<Fraction> total = product.number().times(number);
        if (total.isEmpty()) {
            sum.add(term, number);
        } else {
            sum.add(form.arrangement().product(product.withNumber(Fraction.ONE)), total.get());
        }
    }

    private void addAll(Sum sum, Expr term, Fraction number) {
        if (term.isSum()) {
            Call call = (Call) term;
            boolean minus = call.function() == Operator.SUBTRACT;
            addAll(sum, call.argument(0), number);
            addAll(sum, call.argument(1), minus ? number.negate() : number);
        } else {
            add(sum, term, number);
        }
    }

    static boolean isShortSum(Expr term) {
        return term.isSum() && hasAtMost(SHORT, term);
    }

    /** Whether {@code sum} has no more terms than {@code most}: asked before it is read, which takes time for each. */
    static boolean hasAtMost(int most, Expr sum) {
        return Product.isChain(sum, Expr::isSum, 2 * most);
    }

    /** The terms of a sum in normal form, of whatever length. */
    Sum read(Expr expression) {
        Sum sum = new Sum();
        addAll(sum, expression, Fraction.ONE);
        return sum;
    }

    Expr finished(Sum sum) {
        return finished(sum, false);
    }

    private Expr finished(Sum sum, boolean typed) {
        flatten(sum);
        if (sum.size() == 0) {
            return Constant.ZERO;
        }
        if (sum.size() == 1) {
            Map.Entry<Expr, Fraction> only = sum.terms().entrySet().iterator().next();
            ProductBuilder factors = new ProductBuilder(form);
            factors.multiply(only.getValue(), Fraction.ONE);
            factors.multiply(only.getKey(), Fraction.ONE);
            return form.products().finished(factors);
        }
        if (sum.size() <= NormalForm.FEW && (mergeSelections(sum) || applyToPairs(sum))) {
            return finished(sum);
        }
        Optional<Expr> factored = form.factoring().apply(sum);
        if (factored.isPresent()) {
            return factored.get();
        }
        Expr result = form.arrangement().sum(sum, typed);
        return form.replaced(result).orElse(result);
    }

    // A sum within the sum gives its terms to it if its number is 1 or -1, or if terms like its own are there.
    private void flatten(Sum sum) {
        for (Map.Entry<Expr, Fraction> entry : List.copyOf(sum.terms().entrySet())) {
            Expr inner = entry.getKey();
            if (isShortSum(inner)) {
                sum.terms().remove(inner);
                boolean like = read(inner).terms().keySet().stream().anyMatch(sum.terms()::containsKey);
                if (like || entry.getValue().magnitude().isOne()) {
                    addAll(sum, inner, entry.getValue());
                } else {
                    sum.terms().put(inner, entry.getValue());
                }
            }
        }
    }

    /** Makes one of the first two selections on one condition, side by side; whether there were two. */
    private boolean mergeSelections(Sum sum) {
        Map<Expr, Map.Entry<Expr, Fraction>> first = new HashMap<>();
        for (Map.Entry<Expr, Fraction> term : sum.terms().entrySet()) {
            if (term.getKey() instanceof Select b) {
                Map.Entry<Expr, Fraction> before = first.putIfAbsent(b.condition(), term);
                if (before != null) {
                    Select a = (Select) before.getKey();
                    sum.terms().remove(a);
                    sum.terms().remove(b);
                    Fraction p = before.getValue();
                    Fraction q = term.getValue();
                    Select both = Select.of(
                            b.condition(), total(a.then(), p, b.then(), q), total(a.otherwise(), p, b.otherwise(), q));
                    add(sum, form.of(both), Fraction.ONE);
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code p*a + q*b}. */
    Expr total(Expr a, Fraction p, Expr b, Fraction q) {
        Sum sum = new Sum();
        add(sum, a, p);
        add(sum, b, q);
        return finished(sum);
    }

    /** Uses the first rule that fits {@code a + b} or {@code a - b} for two terms with numbers of equal size. */
    private boolean applyToPairs(Sum sum) {
        if (!rules.hasRulesFor(Operator.ADD) && !rules.hasRulesFor(Operator.SUBTRACT)) {
            return false;
        }
        List<Map.Entry<Expr, Fraction>> terms = List.copyOf(sum.terms().entrySet());
        for (Map.Entry<Expr, Fraction> first : terms) {
            for (Map.Entry<Expr, Fraction> second : terms) {
                boolean same = first.getValue().equals(second.getValue());
                boolean opposite = first.getValue().equals(second.getValue().negate());
                if (first != second && (same || opposite)) {
                    Operator operator = same ? Operator.ADD : Operator.SUBTRACT;
                    Optional<Expr> made = form.replaced(Call.of(operator, first.getKey(), second.getKey()));
                    if (made.isPresent()) {
                        sum.terms().remove(first.getKey());
                        sum.terms().remove(second.getKey());
                        add(sum, made.get(), first.getValue());
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * A sum as the number that all its terms share times the rest. Of {@code a - b} and {@code b - a} the one that was written first is
     * the rest of both; of {@code a + b} and {@code -a - b} the former.
     */
    Multiple multiple(Expr sum) {
        Multiple known = multiples.get(sum);
        if (known == null && !isShortSum(sum)) {
            return new Multiple(Fraction.ONE, sum);
        }
        if (known == null) {
            Sum terms = read(sum);
            Optional<Sum> shorter = terms.dividedBy(terms.content());
            Fraction content = shorter.isPresent() ? terms.content() : Fraction.ONE;
            Sum rest = shorter.orElse(terms);
            boolean mixed = rest.negatives() > 0 && rest.negatives() < rest.size();
            boolean negative = mixed ? form.arrangement().isYoungerThanItsNegative(rest) : rest.negatives() > 0;
            known = new Multiple(
                    negative ? content.negate() : content,
                    form.arrangement().sum(negative ? rest.negate() : rest, false));
            multiples.put(sum, known);
        }
        return known;
    }

    /** {@code number*rest}. */
    record Multiple(Fraction number, Expr rest) {}
}
