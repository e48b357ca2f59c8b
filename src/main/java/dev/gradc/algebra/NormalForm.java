package dev.gradc.algebra;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.simplify.Fraction;
import dev.gradc.simplify.RuleSet;
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

    /** Rules are tried on pairs of factors or terms only where there are few. */
    static final int FEW = 8;

    /** Rules used on what a rule just made, one within the other, and in all: rules that go in circles are stopped. */
    private static final int DEPTH = 50;

    private static final int STEPS = 500;

    private final RuleSet rules;
    private final Arrangement arrangement = new Arrangement();
    private final Factoring factoring = new Factoring(this);
    private final SumForm sums;
    private final ProductForm products;
    private final Map<Expr, Expr> done = new HashMap<>();
    private final Map<Expr, Integer> uses = new HashMap<>();
    private final Set<Expr> counted = new HashSet<>();
    private int depth;
    private int steps;

    NormalForm(RuleSet rules) {
        this.rules = rules;
        this.sums = new SumForm(this, rules);
        this.products = new ProductForm(this, rules);
    }

    Arrangement arrangement() {
        return arrangement;
    }

    Factoring factoring() {
        return factoring;
    }

    SumForm sums() {
        return sums;
    }

    ProductForm products() {
        return products;
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

    /** Whether {@code node} belongs to the chain that uses it: nothing else does. */
    boolean isUsedOnce(Expr node) {
        return uses.getOrDefault(node, 0) == 1;
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
                    return sums.of(raw);
                case MULTIPLY, DIVIDE, NEGATE, POWER:
                    return products.of(raw);
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
        Optional<Expr> guarded = Selections.guarded(select);
        if (guarded.isPresent()) {
            return of(guarded.get());
        }
        Expr rebuilt = other(Selections.chosenOnce(select));
        return rebuilt instanceof Select normal
                ? Selections.guarded(normal).orElse(Selections.bothAtOnce(normal))
                : rebuilt;
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
        if (SumForm.isShortSum(expression)) {
            SumForm.Multiple multiple = sums.multiple(expression);
            return multiple.number().equals(Fraction.MINUS_ONE) ? Optional.of(multiple.rest()) : Optional.empty();
        }
        Product product = Product.read(expression);
        return product.number().isNegative()
                ? Optional.of(
                        arrangement.product(product.withNumber(product.number().negate())))
                : Optional.empty();
    }

    /** What a rule makes of an expression as a whole, in normal form. */
    Optional<Expr> replaced(Expr node) {
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

    /** An exponent, in normal form, times a number. */
    Expr scaled(Expr exponent, Fraction factor) {
        Optional<Fraction> number = Fraction.of(exponent).flatMap(factor::times);
        if (number.isPresent()) {
            return number.get().exponent();
        }
        return factor.isOne() ? exponent : of(Call.of(Operator.MULTIPLY, factor.expression(), exponent));
    }

    /** The sum of two exponents in normal form. */
    Expr sumOf(Expr exponent, Expr other) {
        Optional<Fraction> number =
                Fraction.of(exponent).flatMap(a -> Fraction.of(other).flatMap(a::plus));
        return number.map(Fraction::exponent).orElseGet(() -> sums.total(exponent, Fraction.ONE, other, Fraction.ONE));
    }
}
