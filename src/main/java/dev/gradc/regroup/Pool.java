package dev.gradc.regroup;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Operator;
import dev.gradc.regroup.Node.Applied;
import dev.gradc.regroup.Node.Atom;
import dev.gradc.regroup.Node.Product;
import dev.gradc.regroup.Node.Reciprocal;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Makes nodes, equal ones once. */
final class Pool {

    private record Call(Optional<Function> function, List<Term> arguments) {}

    private record Below(Node of) {}

    private record Factors(List<Node> factors) {}

    /** Longer products are not taken apart: they are factors of others as a whole. */
    private static final int LONGEST = 64;

    private static final Comparator<Term> BY_NODE = Comparator.comparingInt(term -> term.node().id);

    private final Map<Object, Node> nodes = new HashMap<>();

    /** The product of nothing. */
    final Product one = (Product) make(new Factors(List.of()), id -> new Product(id, List.of()));

    private Node make(Object key, IntFunction<Node> maker) {
        Node known = nodes.get(key);
        if (known == null) {
            known = maker.apply(nodes.size());
            nodes.put(key, known);
        }
        return known;
    }

    Term number(double value) {
        return new Term(value, one);
    }

    Atom atom(Expr expression) {
        return (Atom) make(expression, id -> new Atom(id, expression));
    }

    Applied applied(Function function, List<Term> arguments) {
        return (Applied)
                make(new Call(Optional.ofNullable(function), arguments), id -> new Applied(id, function, arguments));
    }

    /** One over a term; the sign and powers of two are exact and stay outside. */
    Term reciprocal(Term term) {
        double number = term.number();
        if (isPowerOfTwo(number)) {
            return new Term(1 / number, below(term.node()));
        }
        Node constant = atom(Constant.of(Math.abs(number)));
        return new Term(Math.signum(number), below(product(List.of(constant, term.node()))));
    }

    private Node below(Node node) {
        if (node instanceof Reciprocal reciprocal) {
            return reciprocal.of;
        }
        return node == one ? one : make(new Below(node), id -> new Reciprocal(id, node));
    }

    Term product(Term a, Term b) {
        double number = a.number() * b.number();
        if (a.isZero() || b.isZero()) {
            return number(0);
        }
        if (Math.abs(number) >= Double.MIN_NORMAL && Double.isFinite(number)) {
            return new Term(number, product(List.of(a.node(), b.node())));
        }
        // Numbers that have no product may have one with what stands between them.
        return new Term(1, applied(Operator.MULTIPLY, List.of(a, b)));
    }

    /** The product of some nodes, in which what stands above and below the bar has vanished. */
    Node product(List<Node> nodes) {
        List<Node> factors = new ArrayList<>();
        nodes.forEach(node -> factors.addAll(factors(node)));
        if (factors.size() > LONGEST) {
            // Forty squares of squares have a million million factors.
            return nodes.stream().reduce(this::opaqueProduct).orElseThrow();
        }
        while (cancels(factors)) {
            // Each time there is less.
        }
        factors.sort(Comparator.comparingInt(factor -> factor.id));
        return factors.size() == 1
                ? factors.get(0)
                : make(new Factors(List.copyOf(factors)), id -> new Product(id, List.copyOf(factors)));
    }

    /** A product that is not taken apart. */
    private Node opaqueProduct(Node a, Node b) {
        return applied(Operator.MULTIPLY, List.of(new Term(1, a), new Term(1, b)));
    }

    static List<Node> factors(Node node) {
        return node instanceof Product product ? product.factors : List.of(node);
    }

    /**
     * Whether factors are those of the square of a quotient, alone or with others of which most are below the bar. Such a square is
     * divided before it is multiplied, since that of what is divided may overflow: of a vector's entry over its norm, and of the slopes
     * of that.
     */
    static boolean hasSquareOfQuotient(List<Node> factors) {
        Map<Boolean, List<Node>> divisors =
                factors.stream().collect(Collectors.partitioningBy(Reciprocal.class::isInstance));
        List<Node> below = divisors.get(true);
        List<Node> above = divisors.get(false);
        return below.size() > above.size() && hasPower(below) && hasPower(above) || isSquare(below) && isSquare(above);
    }

    private static boolean isSquare(List<Node> factors) {
        return factors.size() == 2 && factors.get(0) == factors.get(1);
    }

    /** Whether one of them is there twice. */
    static boolean hasPower(List<Node> factors) {
        return Set.copyOf(factors).size() < factors.size();
    }

    /** Takes a factor out above and below a bar: {@code a/a}, {@code a/(a/b)}; whether there was one. */
    private boolean cancels(List<Node> factors) {
        for (Node factor : factors) {
            if (factor instanceof Reciprocal reciprocal) {
                List<Node> below = new ArrayList<>(factors(reciprocal.of));
                for (Node above : factors) {
                    if (below.remove(above)) {
                        factors.remove(above);
                        factors.remove(reciprocal);
                        factors.addAll(factors(below(product(below))));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The sum of some terms: 0, one of them, or a total times a number that all of them had. */
    Term total(Collection<Term> terms) {
        Map<Node, Double> numbers = new LinkedHashMap<>();
        for (Term term : terms) {
            double sum = numbers.getOrDefault(term.node(), 0.0) + term.number();
            if (sum == 0) {
                numbers.remove(term.node());
            } else {
                numbers.put(term.node(), sum);
            }
        }
        List<Term> written = new ArrayList<>();
        numbers.forEach((node, number) -> written.add(new Term(number, node)));
        if (written.size() < 2) {
            return written.isEmpty() ? number(0) : written.get(0);
        }
        double first = Collections.min(written, BY_NODE).number();
        boolean alike = written.stream().allMatch(term -> Math.abs(term.number()) == Math.abs(first));
        double outside = alike ? first : Math.signum(first);
        return new Term(outside, total(written, outside));
    }

    private Total total(List<Term> terms, double divisor) {
        List<Term> written = terms.stream()
                .map(term -> new Term(term.number() / divisor, term.node()))
                .toList();
        List<Term> sorted = written.stream().sorted(BY_NODE).toList();
        return (Total) make(sorted, id -> new Total(id, written));
    }

    /** A total times a number as a total of other numbers. */
    Term spread(double number, Total total) {
        if (Math.abs(number) == 1) {
            return new Term(number, total);
        }
        List<Term> terms =
                total.terms.stream().map(term -> term.times(Math.abs(number))).toList();
        return new Term(Math.signum(number), total(terms, 1));
    }

    static boolean isPowerOfTwo(double number) {
        return Double.isFinite(number) && number != 0 && Math.abs(number) == Math.scalb(1.0, Math.getExponent(number));
    }
}
