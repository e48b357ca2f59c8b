package dev.gradc.regroup;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Operator;
import dev.gradc.regroup.Node.Applied;
import dev.gradc.regroup.Node.Atom;
import dev.gradc.regroup.Node.Reciprocal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The products that have to be worked out, in an order in which they share factors, beginning with those that there are. */
final class Products {

    /** A product of two, or with a factor below the bar a quotient. */
    private record Pair(Node first, Node second) {}

    /** Each step looks at all pairs of factors, and there are about as many steps as factors. */
    private static final long MOST_PAIRS = 50_000;

    /**
     * Quotients first: they neither overflow nor vanish where the product of all that is above the bar might. Of divisors the one that is
     * worked out last comes first, as by the chain rule: of a slope it may be the norm of what stands above the bar.
     */
    private static final Comparator<Node> ORDER = Comparator.comparing((Node factor) -> !(factor instanceof Reciprocal))
            .thenComparing(factor -> factor instanceof Reciprocal ? -factor.id : 0)
            .thenComparing(factor -> !isReciprocal(factor));

    private final Pool pool;
    private final Map<Term, List<Node>> rows = new LinkedHashMap<>();
    private final boolean areFew;

    /** @param wanted the products, with the positive numbers before them */
    Products(Pool pool, Known known, Collection<Term> wanted) {
        this.pool = pool;
        for (Term term : wanted) {
            List<Node> row = new ArrayList<>(known.cover(term));
            row.sort(ORDER);
            rows.put(term, row);
        }
        areFew = rows.values().stream()
                        .mapToLong(row -> row.size() * (row.size() - 1L) / 2)
                        .sum()
                <= MOST_PAIRS;
        while (areFew && share()) {
            // The most frequent pair each time.
        }
    }

    /** Whether they share what they can; otherwise their trees are long. */
    boolean areShared() {
        return areFew;
    }

    /** A wanted product as a tree of products and quotients of two. */
    Node tree(Term term) {
        List<Node> row = new ArrayList<>(rows.get(term));
        row.sort(ORDER);
        Node above = row.remove(row.size() - 1);
        for (Node factor : row) {
            above = apply(pair(above, factor));
        }
        return above;
    }

    private boolean share() {
        Map<Pair, Set<Term>> places = new LinkedHashMap<>();
        for (Map.Entry<Term, List<Node>> entry : rows.entrySet()) {
            List<Node> row = entry.getValue();
            for (int i = 0; i < row.size(); i++) {
                for (int j = i + 1; j < row.size(); j++) {
                    if (!(isReciprocal(row.get(i)) && isReciprocal(row.get(j)))) {
                        places.computeIfAbsent(pair(row.get(i), row.get(j)), pair -> new LinkedHashSet<>())
                                .add(entry.getKey());
                    }
                }
            }
        }
        Pair best = null;
        for (Map.Entry<Pair, Set<Term>> entry : places.entrySet()) {
            int number = entry.getValue().size();
            if (number > 1 && (best == null || number > places.get(best).size())) {
                best = entry.getKey();
            }
        }
        if (best == null) {
            return false;
        }
        List<Node> pair = List.of(best.first, best.second);
        Node product = apply(best);
        places.get(best).forEach(term -> Known.replace(rows.get(term), pair, product));
        return true;
    }

    /** Whether a factor is a number below the bar or over one: two of them may overflow where the product with a third does not. */
    private static boolean isReciprocal(Node factor) {
        return factor instanceof Reciprocal
                || factor instanceof Applied quotient
                        && quotient.function == Operator.DIVIDE
                        && quotient.arguments.get(0).node() instanceof Atom above
                        && above.expression instanceof Constant;
    }

    private static Pair pair(Node a, Node b) {
        boolean ordered = b instanceof Reciprocal || !(a instanceof Reciprocal) && a.id <= b.id;
        return ordered ? new Pair(a, b) : new Pair(b, a);
    }

    private Node apply(Pair pair) {
        Term first = new Term(1, pair.first);
        return pair.second instanceof Reciprocal reciprocal
                ? pool.applied(Operator.DIVIDE, List.of(first, new Term(1, reciprocal.of)))
                : pool.applied(Operator.MULTIPLY, List.of(first, new Term(1, pair.second)));
    }
}
