package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings formulas into the form that a mathematician would write: like terms and powers collected, one bar for a quotient, the
 * library's rules of {@code algebra} used where they make a formula shorter. The result is true of real numbers; it is for
 * reading, and what is computed stays as it is.
 */
public final class Readable {

    /** Longer sums and products are ordered, but their parts are not tried with each other. */
    private static final int MANY = 16;

    /** Larger programs stay as they are: nobody reads them. */
    private static final int LARGE = 20_000;

    private final Rewriter rules;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private Map<Expr, Integer> uses = Map.of();

    private Readable(Library library) {
        List<Rule> all = new ArrayList<>(library.rules("algebra"));
        all.addAll(library.rules("exact"));
        rules = new Rewriter(all, condition -> false, step -> {});
    }

    /** The same program to be read. */
    public static Program apply(Library library, Program program) {
        Program unfolded = Unfolding.of(program);
        List<Expr> bodies =
                unfolded.definitions().stream().map(Definition::body).toList();
        if (Walk.postOrder(bodies).size() > LARGE) {
            return unfolded;
        }
        Readable readable = new Readable(library);
        readable.uses = uses(bodies);
        return unfolded.withDefinitions(unfolded.definitions().stream()
                .map(definition -> definition.withBody(readable.read(definition.body())))
                .toList());
    }

    private static Map<Expr, Integer> uses(List<Expr> roots) {
        Map<Expr, Integer> uses = new IdentityHashMap<>();
        for (Expr node : Walk.postOrder(roots)) {
            node.children().forEach(child -> uses.merge(child, 1, Integer::sum));
        }
        return uses;
    }

    private Expr read(Expr expression) {
        Expr known = done.get(expression);
        if (known == null) {
            known = rewritten(expression);
            done.put(expression, known);
            done.put(known, known);
        }
        return known;
    }

    private Expr rewritten(Expr expression) {
        if (expression instanceof Call call && call.function() instanceof Operator operator) {
            switch (operator) {
                case ADD, SUBTRACT, NEGATE -> {
                    Sum sum = new Sum();
                    collect(call, Ratio.ONE, sum, true);
                    return settled(sum);
                }
                case MULTIPLY, DIVIDE, POWER -> {
                    Product product = new Product();
                    collect(call, 1, product, true);
                    return settled(product);
                }
                default -> {
                    return expression.withChildren(readAll(expression.children()));
                }
            }
        }
        Expr node = expression.withChildren(readAll(expression.children()));
        if (expression instanceof Select select) {
            return withoutGuard(select, (Select) node);
        }
        Expr shorter = rules.apply(node);
        boolean better = length(shorter) < length(node) || isNegative(shorter) && !isNegative(node);
        return better ? read(shorter) : node;
    }

    private static boolean isNegative(Expr expression) {
        return expression instanceof Call call && call.function() == Operator.NEGATE;
    }

    /** A selection that only keeps a computation from 0 times infinity is not one to a mathematician. */
    private static Expr withoutGuard(Select written, Select node) {
        if (written.otherwise() == Constant.ZERO && Guards.vanishes(written.then(), written.condition())) {
            return node.then();
        }
        Expr converse = Guards.not(written.condition());
        return written.then() == Constant.ZERO && Guards.vanishes(written.otherwise(), converse)
                ? node.otherwise()
                : node;
    }

    private List<Expr> readAll(List<Expr> expressions) {
        return expressions.stream().map(this::read).toList();
    }

    /** Adds the terms of a sum; a part that is shared is read once, as a whole. */
    private void collect(Expr expression, Ratio factor, Sum sum, boolean root) {
        if (expression instanceof Call call && Sum.isSum(call) && (root || uses.getOrDefault(call, 0) < 2)) {
            for (int i = 0; i < call.arguments().size(); i++) {
                boolean subtracted =
                        i == 1 && call.function() == Operator.SUBTRACT || call.function() == Operator.NEGATE;
                collect(call.argument(i), subtracted ? factor.negated() : factor, sum, false);
            }
        } else {
            sum.add(read(expression), factor);
        }
    }

    private void collect(Expr expression, int exponent, Product product, boolean root) {
        if (expression instanceof Call call && (root || uses.getOrDefault(call, 0) < 2)) {
            if (call.function() == Operator.MULTIPLY || call.function() == Operator.DIVIDE) {
                collect(call.argument(0), exponent, product, false);
                collect(call.argument(1), call.function() == Operator.DIVIDE ? -exponent : exponent, product, false);
                return;
            }
            if (call.function() == Operator.POWER) {
                product.add(Call.of(Operator.POWER, read(call.argument(0)), read(call.argument(1))), exponent);
                return;
            }
        }
        product.add(read(expression), exponent);
    }

    /** Tries each pair of terms together, until no pair has a shorter form. */
    private Expr settled(Sum sum) {
        List<Expr> terms = sum.terms();
        for (int i = 0; i < terms.size() && terms.size() <= MANY; i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                Expr pair = Sum.of(Call.of(Operator.ADD, terms.get(i), terms.get(j)))
                        .build();
                Expr shorter = rules.apply(pair);
                if (length(shorter) < length(pair)) {
                    Sum rest = new Sum();
                    for (int k = 0; k < terms.size(); k++) {
                        if (k != j) {
                            rest.add(k == i ? read(shorter) : terms.get(k), Ratio.ONE);
                        }
                    }
                    return settled(rest);
                }
            }
        }
        Expr plain = sum.build();
        return CommonDenominator.of(terms)
                .map(product -> product.build())
                .filter(quotient -> length(quotient) <= length(plain))
                .orElse(plain);
    }

    /** Tries each pair of factors together, until no pair has a shorter form. */
    private Expr settled(Product product) {
        List<Expr> factors = product.factors();
        for (int i = 0; i < factors.size() && factors.size() <= MANY; i++) {
            for (int j = i + 1; j < factors.size(); j++) {
                Expr pair = Product.of(Call.of(Operator.MULTIPLY, factors.get(i), factors.get(j)))
                        .build();
                Expr shorter = rules.apply(pair);
                if (length(shorter) < length(pair)) {
                    Product rest = new Product();
                    rest.add(Constant.of(product.coefficient().numerator()), 1);
                    rest.add(Constant.of(product.coefficient().denominator()), -1);
                    for (int k = 0; k < factors.size(); k++) {
                        if (k != j) {
                            rest.add(k == i ? read(shorter) : factors.get(k), 1);
                        }
                    }
                    return settled(rest);
                }
            }
        }
        return product.build();
    }

    /** How long it is when it is printed. */
    private static long length(Expr expression) {
        Map<Expr, Long> lengths = new IdentityHashMap<>();
        for (Expr node : Walk.postOrder(expression)) {
            long length = 1;
            for (Expr child : node.children()) {
                length = Math.min(length + lengths.get(child), Long.MAX_VALUE / 4);
            }
            lengths.put(node, length);
        }
        return lengths.get(expression);
    }
}
