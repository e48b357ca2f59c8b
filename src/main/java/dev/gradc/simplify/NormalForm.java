package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects sums and products: like terms and like bases are one, numbers are exact, a factor that all terms have stands before their
 * sum. Products are never multiplied out, except where that makes a quotient's numerator collapse; see {@link Factoring}.
 *
 * <p>A chain of one operator is collected at once as far as its links are used only there; what is shared is collected once, and
 * taken apart again in larger chains only while it is short. So time is linear in the size of the shared expression.
 */
final class NormalForm {

    /** Longer shared sums stay together as one term. */
    private static final int SHORT = 32;

    /** Rules are tried on pairs of factors or terms only where there are few. */
    private static final int FEW = 8;

    /** Longer branches are not searched for selections that are decided. */
    private static final int SHORT_BRANCH = 500;

    /** Rules used on what a rule just made, one within the other, and in all: rules that go in circles are stopped. */
    private static final int DEPTH = 50;

    private static final int STEPS = 500;

    private final RuleSet rules;
    private final Arrangement arrangement = new Arrangement();
    private final Factoring factoring = new Factoring(this);
    private final Map<Expr, Expr> done = new HashMap<>();
    private final Map<Expr, Multiple> multiples = new HashMap<>();
    private final Map<Expr, Integer> uses = new HashMap<>();
    private final Set<Expr> counted = new HashSet<>();
    private int depth;
    private int steps;

    NormalForm(RuleSet rules) {
        this.rules = rules;
    }

    Arrangement arrangement() {
        return arrangement;
    }

    /** Counts who uses what in {@code roots}: to be called once with all that will be asked for. */
    void expect(List<Expr> roots) {
        for (Expr root : roots) {
            uses.merge(root, 2, Integer::sum);
            count(root);
        }
    }

    private void count(Expr node) {
        if (counted.add(node) && !(node instanceof Access)) {
            for (Expr child : node.children()) {
                uses.merge(child, 1, Integer::sum);
                count(child);
            }
        }
    }

    Expr of(Expr raw) {
        Expr known = done.get(raw);
        if (known == null) {
            known = normal(raw);
            done.put(raw, known);
            done.put(known, known);
        }
        return known;
    }

    private Expr normal(Expr raw) {
        if (raw instanceof Constant) {
            return Fraction.of(raw).map(Fraction::expression).orElse(raw);
        }
        if (raw instanceof Call call && call.function() instanceof Operator operator) {
            Optional<Expr> replaced = replaced(raw);
            if (replaced.isPresent()) {
                return replaced.get();
            }
            switch (operator) {
                case ADD, SUBTRACT:
                    return sum(raw);
                case MULTIPLY, DIVIDE, NEGATE, POWER:
                    return product(raw);
                default:
            }
        }
        if (raw instanceof Select select) {
            return selection(select);
        }
        return raw instanceof Access ? raw : other(raw);
    }

    /** A selection that only keeps a product from being 0 times infinity is not one to a mathematician. */
    private Expr selection(Select select) {
        Optional<Expr> guarded = guarded(select);
        if (guarded.isPresent()) {
            return of(guarded.get());
        }
        Expr rebuilt = other(chosenOnce(select));
        return rebuilt instanceof Select normal ? guarded(normal).orElse(bothAtOnce(normal)) : rebuilt;
    }

    /** {@code a ? (b ? x : 0) : 0} as {@code a && b ? x : 0}. */
    private static Expr bothAtOnce(Select select) {
        return select.otherwise() == Constant.ZERO
                        && select.then() instanceof Select inner
                        && inner.otherwise() == Constant.ZERO
                ? Select.of(Call.of(Operator.AND, select.condition(), inner.condition()), inner.then(), Constant.ZERO)
                : select;
    }

    /** {@code x > 0 ? (x > 0 ? a : b) : c} is {@code x > 0 ? a : c}, also where the inner one is a part of a sum or product. */
    private static Select chosenOnce(Select select) {
        return Select.of(
                select.condition(),
                where(select.condition(), true, select.then()),
                where(select.condition(), false, select.otherwise()));
    }

    private static Expr where(Expr condition, boolean holds, Expr branch) {
        List<Expr> nodes = Walk.postOrder(branch);
        boolean chooses = nodes.stream().anyMatch(node -> node instanceof Select s && s.condition() == condition);
        return chooses && nodes.size() <= SHORT_BRANCH
                ? new Rewrite(node -> node instanceof Select s && s.condition() == condition
                                ? holds ? s.then() : s.otherwise()
                                : node)
                        .apply(branch)
                : branch;
    }

    /** What {@code select} only keeps from being 0 times infinity. */
    private static Optional<Expr> guarded(Select select) {
        if (select.otherwise() == Constant.ZERO && Guards.vanishes(select.then(), select.condition())) {
            return Optional.of(select.then());
        }
        boolean otherwise =
                select.then() == Constant.ZERO && Guards.vanishes(select.otherwise(), Guards.not(select.condition()));
        return otherwise ? Optional.of(select.otherwise()) : Optional.empty();
    }

    private Expr other(Expr raw) {
        Expr rebuilt = raw.withEach(this::of);
        Expr folded = rules.fold(rebuilt);
        return folded == rebuilt
                ? replaced(rebuilt).or(() -> replacedNegated(rebuilt)).orElse(rebuilt)
                : folded;
    }

    /** What a rule for {@code f(-x)} makes of {@code f(-a - b)} and {@code f(-2*a)}. */
    private Optional<Expr> replacedNegated(Expr node) {
        return node instanceof Call call && call.arguments().size() == 1
                ? magnitude(call.argument(0))
                        .flatMap(rest -> replaced(node.withChildren(List.of(Call.of(Operator.NEGATE, rest)))))
                : Optional.empty();
    }

    /** An expression that begins with a minus without it. */
    private Optional<Expr> magnitude(Expr expression) {
        if (isShortSum(expression)) {
            Multiple multiple = multiple(expression);
            return multiple.number().equals(Fraction.MINUS_ONE) ? Optional.of(multiple.rest()) : Optional.empty();
        }
        Product product = Product.read(expression);
        return product.number().isNegative()
                ? Optional.of(
                        arrangement.product(product.withNumber(product.number().negate())))
                : Optional.empty();
    }

    /** What a rule makes of an expression as a whole, in normal form. */
    private Optional<Expr> replaced(Expr node) {
        if (depth == 0) {
            steps = 0;
        }
        if (depth > DEPTH || steps > STEPS) {
            return Optional.empty();
        }
        return rules.step(node).map(step -> {
            depth++;
            steps++;
            Expr after = of(step.after());
            depth--;
            return after;
        });
    }

    /* ---- Sums ---- */

    private Expr sum(Expr raw) {
        Sum sum = new Sum();
        boolean typed = gather(raw, Fraction.ONE, sum, true) == sum.size();
        return finished(sum, typed);
    }

    /** How many terms stood there and are in normal form as they stood. */
    private int gather(Expr raw, Fraction number, Sum sum, boolean root) {
        if (root || uses.getOrDefault(raw, 0) == 1) {
            if (Product.isSum(raw)) {
                Call call = (Call) raw;
                boolean minus = call.function() == Operator.SUBTRACT;
                return gather(call.argument(0), number, sum, false)
                        + gather(call.argument(1), minus ? number.negate() : number, sum, false);
            }
            if (Product.isOperator(raw, Operator.NEGATE)) {
                return gather(((Call) raw).argument(0), number.negate(), sum, false);
            }
        }
        Expr term = of(raw);
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
            sum.add(arrangement.product(product.withNumber(Fraction.ONE)), total.get());
        }
    }

    private void addAll(Sum sum, Expr term, Fraction number) {
        if (Product.isSum(term)) {
            Call call = (Call) term;
            boolean minus = call.function() == Operator.SUBTRACT;
            addAll(sum, call.argument(0), number);
            addAll(sum, call.argument(1), minus ? number.negate() : number);
        } else {
            add(sum, term, number);
        }
    }

    private static boolean isShortSum(Expr term) {
        return Product.isSum(term) && rest(term, 2 * SHORT) >= 0;
    }

    // How many more nodes there may be after those of the sum; also a chain to the right is given up in time.
    private static int rest(Expr term, int limit) {
        if (limit <= 0 || !Product.isSum(term)) {
            return limit - 1;
        }
        Call call = (Call) term;
        return rest(call.argument(0), rest(call.argument(1), limit - 1));
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
            Factors factors = new Factors(this);
            factors.multiply(only.getValue(), Fraction.ONE);
            factors.multiply(only.getKey(), Fraction.ONE);
            return finished(factors);
        }
        if (sum.size() <= FEW && (mergeSelections(sum) || applyToPairs(sum))) {
            return finished(sum);
        }
        Optional<Expr> factored = factoring.apply(sum);
        if (factored.isPresent()) {
            return factored.get();
        }
        Expr result = arrangement.sum(sum, typed);
        return replaced(result).orElse(result);
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
                    add(sum, of(both), Fraction.ONE);
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code p*a + q*b}. */
    private Expr total(Expr a, Fraction p, Expr b, Fraction q) {
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
                    Optional<Expr> made = replaced(Call.of(operator, first.getKey(), second.getKey()));
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

    /* ---- Products ---- */

    private Expr product(Expr raw) {
        Factors factors = new Factors(this);
        gather(raw, Fraction.ONE, factors, true);
        return finished(factors);
    }

    private void gather(Expr raw, Fraction exponent, Factors factors, boolean root) {
        if ((root || uses.getOrDefault(raw, 0) == 1)
                && raw instanceof Call call
                && call.function() instanceof Operator operator) {
            switch (operator) {
                case MULTIPLY, DIVIDE -> {
                    gather(call.argument(0), exponent, factors, false);
                    boolean over = operator == Operator.DIVIDE;
                    gather(call.argument(1), over ? exponent.negate() : exponent, factors, false);
                    return;
                }
                case NEGATE -> {
                    factors.multiply(Fraction.MINUS_ONE, exponent);
                    gather(call.argument(0), exponent, factors, false);
                    return;
                }
                case POWER -> {
                    Expr power = of(call.argument(1));
                    Optional<Fraction> whole =
                            Fraction.of(power).filter(Fraction::isInteger).flatMap(exponent::times);
                    if (whole.isEmpty()) {
                        factors.power(of(call.argument(0)), scaled(power, exponent));
                    } else if (!whole.get().isZero()) {
                        gather(call.argument(0), whole.get(), factors, false);
                    }
                    return;
                }
                default -> {}
            }
        }
        factors.multiply(of(raw), exponent);
    }

    Expr finished(Factors factors) {
        while (!factors.isZero()
                && factors.size() <= FEW
                && (applyToPower(factors) || applyToPairs(factors) || factoring.clear(factors))) {
            // Each step may make room for another.
        }
        Expr result = built(factors);
        return replaced(result).orElse(result);
    }

    private Expr built(Factors factors) {
        Product product = factors.product();
        if (product.powers().size() == 1 && product.number().magnitude().isOne()) {
            Map.Entry<Expr, Expr> only = product.powers().entrySet().iterator().next();
            if (Product.isSum(only.getKey()) && only.getValue() == Constant.ONE) {
                return product.number().isOne()
                        ? only.getKey()
                        : arrangement.sum(read(only.getKey()).negate(), true);
            }
        }
        return arrangement.product(product);
    }

    private boolean applyToPower(Factors factors) {
        if (rules.hasRulesFor(Operator.POWER)) {
            for (Map.Entry<Expr, Expr> power : List.copyOf(factors.powers().entrySet())) {
                Optional<Fraction> number = Fraction.of(power.getValue());
                boolean below = number.map(Fraction::isNegative).orElse(false);
                Expr exponent = below ? number.get().negate().exponent() : power.getValue();
                Optional<Expr> made = exponent == Constant.ONE
                        ? Optional.empty()
                        : replaced(Call.of(Operator.POWER, power.getKey(), exponent));
                if (made.isPresent()) {
                    factors.remove(power.getKey());
                    factors.multiply(made.get(), below ? Fraction.MINUS_ONE : Fraction.ONE);
                    return true;
                }
            }
        }
        return false;
    }

    /** Uses the first rule that fits {@code a*b} or {@code a/b} for two bases to powers of equal size. */
    private boolean applyToPairs(Factors factors) {
        if (!rules.hasRulesFor(Operator.MULTIPLY) && !rules.hasRulesFor(Operator.DIVIDE)) {
            return false;
        }
        List<Map.Entry<Expr, Expr>> powers = List.copyOf(factors.powers().entrySet());
        for (Map.Entry<Expr, Expr> first : powers) {
            for (Map.Entry<Expr, Expr> second : powers) {
                boolean same = first.getValue() == second.getValue();
                boolean over =
                        !isBelow(first.getValue()) && first.getValue() == scaled(second.getValue(), Fraction.MINUS_ONE);
                if (first != second && (same || over)) {
                    Operator operator = same ? Operator.MULTIPLY : Operator.DIVIDE;
                    Optional<Expr> made = replaced(Call.of(operator, first.getKey(), second.getKey()));
                    if (made.isPresent()) {
                        factors.remove(first.getKey());
                        factors.remove(second.getKey());
                        factors.multiply(of(Call.of(Operator.POWER, made.get(), first.getValue())), Fraction.ONE);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /* ---- Exponents ---- */

    private static boolean isBelow(Expr exponent) {
        return Fraction.of(exponent).map(Fraction::isNegative).orElse(false);
    }

    Expr scaled(Expr exponent, Fraction factor) {
        Optional<Fraction> number = Fraction.of(exponent).flatMap(factor::times);
        if (number.isPresent()) {
            return number.get().exponent();
        }
        return factor.isOne() ? exponent : of(Call.of(Operator.MULTIPLY, factor.expression(), exponent));
    }

    Expr sumOf(Expr exponent, Expr other) {
        Optional<Fraction> number =
                Fraction.of(exponent).flatMap(a -> Fraction.of(other).flatMap(a::plus));
        return number.map(Fraction::exponent).orElseGet(() -> total(exponent, Fraction.ONE, other, Fraction.ONE));
    }

    /**
     * A sum as the number that all its terms share times the rest. Of {@code a - b} and {@code b - a} the one that was written first is
     * the rest of both; of {@code a + b} and {@code -a - b} the former.
     */
    Multiple multiple(Expr sum) {
        Multiple known = multiples.get(sum);
        if (known == null) {
            Sum terms = read(sum);
            Optional<Sum> shorter = terms.dividedBy(terms.content());
            Fraction content = shorter.isPresent() ? terms.content() : Fraction.ONE;
            Sum rest = shorter.orElse(terms);
            boolean mixed = rest.negatives() > 0 && rest.negatives() < rest.size();
            boolean negative = mixed ? arrangement.isYoungerThanItsNegative(rest) : rest.negatives() > 0;
            known = new Multiple(
                    negative ? content.negate() : content, arrangement.sum(negative ? rest.negate() : rest, false));
            multiples.put(sum, known);
        }
        return known;
    }

    /** {@code number*rest}. */
    record Multiple(Fraction number, Expr rest) {}
}
