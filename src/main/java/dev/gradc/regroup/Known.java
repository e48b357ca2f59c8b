package dev.gradc.regroup;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is worked out anyway, as it is written: what there is for derivatives to use. */
final class Known {

    /** An expression of the value of a term, or of its negative. */
    private record Written(Expr expression, boolean negated) {

        Written better(Written other) {
            return negated && !other.negated ? other : this;
        }
    }

    private final Pool pool;
    private final Map<Term, Written> terms = new LinkedHashMap<>();
    private final Set<Node> nodes = new LinkedHashSet<>();
    private final Map<Node, List<Term>> products = new HashMap<>();
    private final Map<Term, List<Node>> covers = new HashMap<>();

    Known(Pool pool) {
        this.pool = pool;
    }

    /** Notes that {@code expression}, which is no number, has the value of {@code term}. */
    void add(Term term, Expr expression) {
        terms.merge(term.magnitude(), new Written(expression, term.isNegative()), Written::better);
        nodes.add(term.node());
        List<Node> factors = factors(term.magnitude());
        if (factors.size() > 1 && !term.isNegative()) {
            List<Term> alike = products.computeIfAbsent(factors.get(0), first -> new ArrayList<>());
            alike.add(term);
            alike.sort(Comparator.comparingInt(known -> -factors(known).size()));
        }
    }

    /** Whether {@code term}, or its negative, is known. */
    boolean contains(Term term) {
        return terms.containsKey(term.magnitude());
    }

    /** Whether some multiple of {@code node} is. */
    boolean contains(Node node) {
        return nodes.contains(node);
    }

    List<Total> totals() {
        return nodes.stream()
                .filter(Total.class::isInstance)
                .map(Total.class::cast)
                .toList();
    }

    /** The expression of {@code term} or of its negative. */
    Optional<Expr> expression(Term term) {
        return Optional.ofNullable(terms.get(term.magnitude())).map(Written::expression);
    }

    /** Whether {@link #expression} has the other sign than {@code term}. */
    boolean isNegated(Term term) {
        return terms.get(term.magnitude()).negated() != term.isNegative();
    }

    /** The factors of a positive term, of which as many as possible are known products. */
    List<Node> cover(Term term) {
        return covers.computeIfAbsent(term, this::covered);
    }

    private List<Node> covered(Term term) {
        List<Node> factors = factors(term);
        if (factors.size() < 2) {
            return factors;
        }
        List<Term> parts = new ArrayList<>();
        new LinkedHashSet<>(factors).forEach(first -> parts.addAll(products.getOrDefault(first, List.of())));
        parts.sort(
                Comparator.comparingInt((Term part) -> -factors(part).size()).thenComparingInt(part -> part.node().id));
        if (Pool.hasSquareOfQuotient(factors)) {
            parts.removeIf(part -> Pool.hasPower(factors(part)));
        }
        for (Term part : parts) {
            replace(factors, factors(part), pool.atom(terms.get(part).expression()));
        }
        return factors;
    }

    private List<Node> factors(Term term) {
        List<Node> factors = new ArrayList<>(Pool.factors(term.node()));
        if (term.number() != 1) {
            factors.add(pool.atom(Constant.of(term.number())));
        }
        return factors;
    }

    /** Puts a product in the place of its factors, as often as they are there. */
    static void replace(List<Node> row, List<Node> factors, Node product) {
        while (row.size() >= factors.size()) {
            List<Node> rest = new ArrayList<>(row);
            for (Node factor : factors) {
                if (!rest.remove(factor)) {
                    return;
                }
            }
            rest.add(product);
            row.clear();
            row.addAll(rest);
        }
    }
}
