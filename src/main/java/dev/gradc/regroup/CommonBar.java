package dev.gradc.regroup;

import dev.gradc.regroup.Node.Reciprocal;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the rule for quotients makes, {@code 1/d - x/d/d} with {@code d = x + c}, on one bar: {@code c/d/d}. The difference loses the
 * digits by which its sides agree; above the common bar terms vanish before anything is rounded.
 */
final class CommonBar {

    /** Terms of a sum, and the quotient that has their value. */
    record Difference(List<Term> terms, Term quotient) {}

    private final Pool pool;

    CommonBar(Pool pool) {
        this.pool = pool;
    }

    /** Terms {@code f} and {@code f*m/d}, of which {@code d - m} has fewer terms than {@code d}. */
    Optional<Difference> find(List<Term> row) {
        Set<Reciprocal> bars = new LinkedHashSet<>();
        for (Term term : row) {
            for (Node factor : Pool.factors(term.node())) {
                if (factor instanceof Reciprocal bar && bar.of instanceof Total) {
                    bars.add(bar);
                }
            }
        }
        return bars.stream()
                .flatMap(bar -> row.stream().flatMap(first -> difference(first, bar, row).stream()))
                .findFirst();
    }

    private Optional<Difference> difference(Term first, Reciprocal bar, List<Term> row) {
        Total divisor = (Total) bar.of;
        List<Node> common = Pool.factors(first.node());
        List<Term> taken = new ArrayList<>(List.of(first));
        List<Term> above = new ArrayList<>(terms(first.number(), divisor));
        for (Term term : row) {
            List<Node> rest = new ArrayList<>(Pool.factors(term.node()));
            if (rest.remove(bar) && common.stream().allMatch(rest::remove)) {
                taken.add(term);
                above.addAll(terms(term.number(), pool.product(rest)));
            }
        }
        Term sum = pool.total(above);
        int size = sum.isZero() ? 0 : terms(1, sum.node()).size();
        if (taken.size() == 1 || size >= divisor.terms.size()) {
            return Optional.empty();
        }
        List<Node> factors = new ArrayList<>(common);
        factors.add(sum.node());
        factors.add(bar);
        return Optional.of(new Difference(taken, new Term(sum.number(), pool.product(factors))));
    }

    private static List<Term> terms(double number, Node node) {
        List<Term> terms = node instanceof Total total ? total.terms : List.of(new Term(1, node));
        return terms.stream().map(term -> term.times(number)).toList();
    }
}
