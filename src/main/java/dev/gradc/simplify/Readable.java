package dev.gradc.simplify;

import dev.gradc.ir.Access;
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
import java.util.Optional;

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
    /** Rules that say in simpler words what a function is: {@code f(x) = …}. */
    private final Rewriter definitions;

    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private Map<Expr, Integer> uses = Map.of();

    private Readable(Library library) {
        List<Rule> all = new ArrayList<>(library.rules("algebra"));
        all.addAll(library.rules("exact"));
        rules = rewriter(all);
        definitions = rewriter(all.stream().filter(Readable::isDefinition).toList());
    }

    private static Rewriter rewriter(List<Rule> rules) {
        return new Rewriter(rules, condition -> false, step -> {});
    }

    private static boolean isDefinition(Rule rule) {
        return rule.left() instanceof Call call
                && call.arguments().stream()
                        .allMatch(argument -> argument instanceof Access access
                                && rule.variables().contains(access.tensor()))
                && call.arguments().stream().distinct().count()
                        == call.arguments().size()
                && !(call.function() instanceof Operator);
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
        Expr unfolded = definitions.apply(node);
        if (unfolded != node) {
            return read(unfolded);
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

    /** Tries each pair of terms together, then all of them over one bar, and multiplied out; takes what is shorter. */
    private Expr settled(Sum sum) {
        List<Expr> terms = sum.terms();
        for (int i = 0; i < terms.size() && terms.size() <= MANY; i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                Optional<Expr> shorter = together(terms.get(i), terms.get(j));
                if (shorter.isPresent()) {
                    return settled(sumOf(without(terms, i, j), shorter.get()));
                }
            }
        }
        Expr plain = sum.build();
        if (terms.size() < 2 || terms.size() > MANY) {
            return plain;
        }
        Optional<Expr> overOneBar =
                CommonDenominator.of(terms).map(this::quotient).filter(quotient -> length(quotient) <= length(plain));
        if (overOneBar.isPresent()) {
            return overOneBar.get();
        }
        Sum expanded = new Sum();
        terms.forEach(term -> Expansion.of(term).forEach(part -> expanded.add(part, Ratio.ONE)));
        Expr multiplied = expanded.build();
        return length(multiplied) < length(plain) ? read(multiplied) : plain;
    }

    private Expr quotient(CommonDenominator common) {
        Sum numerator = new Sum();
        common.numerators().forEach(term -> numerator.add(read(term), Ratio.ONE));
        return settled(Product.of(settled(numerator)).times(common.denominator(), -1));
    }

    /** A shorter form of the sum of two terms: by a rule, or with a function that both have as a factor outside. */
    private Optional<Expr> together(Expr a, Expr b) {
        Expr pair = Sum.of(Call.of(Operator.ADD, a, b)).build();
        Expr ruled = rules.apply(pair);
        if (length(ruled) < length(pair)) {
            return Optional.of(read(ruled));
        }
        Map<Expr, Integer> common = Product.common(Product.of(a), Product.of(b));
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Sum rest = new Sum();
        rest.add(Product.of(a).times(common, -1).build(), Ratio.ONE);
        rest.add(Product.of(b).times(common, -1).build(), Ratio.ONE);
        Expr factored = Product.of(settled(rest)).times(common, 1).build();
        return length(factored) < length(pair) ? Optional.of(factored) : Optional.empty();
    }

    private static Sum sumOf(List<Expr> terms, Expr more) {
        Sum sum = new Sum();
        terms.forEach(term -> sum.add(term, Ratio.ONE));
        sum.add(more, Ratio.ONE);
        return sum;
    }

    private static List<Expr> without(List<Expr> list, int i, int j) {
        List<Expr> rest = new ArrayList<>(list);
        rest.remove(j);
        rest.remove(i);
        return rest;
    }

    /** Tries each pair of factors together, until no pair has a shorter form. */
    private Expr settled(Product product) {
        List<Expr> factors = product.factors();
        for (int i = 0; i < factors.size() && factors.size() <= MANY; i++) {
            for (int j = i + 1; j < factors.size(); j++) {
                Expr pair = Product.of(Call.of(Operator.MULTIPLY, factors.get(i), factors.get(j)))
                        .build();
                Expr shorter = shorterProduct(pair);
                if (shorter != pair) {
                    Product rest = new Product();
                    rest.add(Constant.of(product.coefficient().numerator()), 1);
                    rest.add(Constant.of(product.coefficient().denominator()), -1);
                    without(factors, i, j).forEach(factor -> rest.add(factor, 1));
                    rest.add(read(shorter), 1);
                    return settled(rest);
                }
            }
        }
        return product.build();
    }

    private Expr shorterProduct(Expr pair) {
        Expr ruled = rules.apply(pair);
        if (length(ruled) < length(pair)) {
            return ruled;
        }
        // x^2*(y^2/x^2 + 1), perhaps below the bar.
        boolean below =
                pair instanceof Call call && call.function() == Operator.DIVIDE && call.argument(0) == Constant.ONE;
        Expr product = below ? ((Call) pair).argument(1) : pair;
        Sum expanded = new Sum();
        Expansion.of(product).forEach(term -> expanded.add(term, Ratio.ONE));
        Expr multiplied = expanded.build();
        if (length(multiplied) >= length(product)) {
            return pair;
        }
        return below ? Call.of(Operator.DIVIDE, Constant.ONE, multiplied) : multiplied;
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
