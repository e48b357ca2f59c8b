package dev.gradc.regroup;

import dev.gradc.regroup.Node.Applied;
import dev.gradc.regroup.Node.Product;
import dev.gradc.regroup.Node.Reciprocal;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sums that have to be worked out, each as a row of terms: first those that it has, then fewer, as one sum is found within another,
 * parts of several sums become a sum of their own, and common factors are taken out. A row always has the value of its sum.
 */
final class Rows {

    /** Two terms and how many times the first the second is. */
    private record Pair(Node first, Node second, double ratio) {}

    /** What is taken out of some terms of a sum. */
    private record Factor(Term factor, List<Term> terms, int gain) {}

    private final Pool pool;
    private final Known known;
    private final Map<Total, List<Term>> rows = new LinkedHashMap<>();
    private final Set<Node> seen = new HashSet<>();
    private final Map<Term, Integer> uses = new HashMap<>();

    /**
     * @param known what there is already
     * @param roots what is to be worked out
     */
    Rows(Pool pool, Known known, Collection<Term> roots) {
        this.pool = pool;
        this.known = known;
        roots.forEach(this::visit);
    }

    List<Term> row(Total total) {
        return rows.get(total);
    }

    private void visit(Term term) {
        uses.merge(term.magnitude(), 1, Integer::sum);
        if (!known.contains(term)) {
            visit(term.node());
        }
    }

    private void visit(Node node) {
        if (known.contains(new Term(1, node)) || !seen.add(node)) {
            return;
        }
        if (node instanceof Total total) {
            rows.put(total, total.terms);
            total.terms.forEach(this::visit);
        } else if (node instanceof Product product) {
            product.factors.forEach(this::visit);
        } else if (node instanceof Reciprocal reciprocal) {
            visit(new Term(1, reciprocal.of));
        } else if (node instanceof Applied applied) {
            applied.arguments.forEach(this::visit);
        }
    }

    /* ---- One sum within another ---- */

    /** Puts sums that there are, or will be, in the place of their terms in others, the longest first. */
    void nest() {
        List<Total> longest = new ArrayList<>(known.totals());
        longest.addAll(rows.keySet());
        longest.sort(Comparator.comparingInt((Total total) -> -total.terms.size()));
        Map<Node, Set<Total>> places = new HashMap<>();
        rows.forEach(
                (total, row) -> row.forEach(term -> places.computeIfAbsent(term.node(), node -> new LinkedHashSet<>())
                        .add(total)));
        for (Total part : longest) {
            Term first = part.terms.get(0);
            for (Total total : places.getOrDefault(first.node(), Set.of())) {
                if (total.terms.size() > part.terms.size()) {
                    nest(part, total);
                }
            }
        }
    }

    private void nest(Total part, Total total) {
        Map<Node, Double> numbers = new HashMap<>();
        rows.get(total).forEach(term -> numbers.put(term.node(), term.number()));
        Term first = part.terms.get(0);
        double ratio = numbers.getOrDefault(first.node(), 0.0) / first.number();
        // Signs and powers of two only, which are exact.
        boolean fits = Pool.isPowerOfTwo(ratio)
                && part.terms.stream()
                        .allMatch(term -> numbers.getOrDefault(term.node(), 0.0) == ratio * term.number());
        if (fits) {
            Set<Node> taken = part.terms.stream().map(Term::node).collect(Collectors.toSet());
            replace(total, term -> taken.contains(term.node()), new Term(ratio, part));
        }
    }

    /** Puts one term in the place of the first of several; it may be there already. */
    private void replace(Total total, Predicate<Term> taken, Term part) {
        Map<Node, Double> numbers = new LinkedHashMap<>();
        boolean placed = false;
        for (Term term : rows.get(total)) {
            if (!taken.test(term)) {
                numbers.merge(term.node(), term.number(), Double::sum);
            } else if (!placed) {
                numbers.merge(part.node(), part.number(), Double::sum);
                placed = true;
            }
        }
        List<Term> row = new ArrayList<>();
        numbers.forEach((node, number) -> row.add(new Term(number, node)));
        row.removeIf(Term::isZero);
        put(total, row.isEmpty() ? List.of(pool.number(0)) : row);
    }

    private void put(Total total, List<Term> row) {
        List<Term> before = rows.put(total, List.copyOf(row));
        if (before == null) {
            seen.add(total);
        } else {
            before.forEach(term -> uses.merge(term.magnitude(), -1, Integer::sum));
        }
        row.forEach(this::visit);
    }

    /* ---- Parts of several sums ---- */

    /** Makes sums of two terms that stand side by side in several rows, the most frequent first. */
    void share() {
        while (true) {
            Map<Pair, List<Total>> places = new LinkedHashMap<>();
            rows.forEach((total, row) -> {
                for (int i = 0; i < row.size() && row.size() > 2; i++) {
                    for (int j = i + 1; j < row.size(); j++) {
                        Pair pair = pair(row.get(i), row.get(j));
                        if (Pool.isPowerOfTwo(pair.ratio)) {
                            places.computeIfAbsent(pair, p -> new ArrayList<>()).add(total);
                        }
                    }
                }
            });
            Pair best = null;
            for (Map.Entry<Pair, List<Total>> entry : places.entrySet()) {
                int number = entry.getValue().size();
                if (number > 1 && (best == null || number > places.get(best).size())) {
                    best = entry.getKey();
                }
            }
            if (best == null) {
                return;
            }
            Pair pair = best;
            Term part = pool.total(List.of(new Term(1, pair.first), new Term(pair.ratio, pair.second)));
            places.get(pair).forEach(total -> take(pair, part, total));
        }
    }

    private static Pair pair(Term a, Term b) {
        Term first = a.node().id < b.node().id ? a : b;
        Term second = first == a ? b : a;
        return new Pair(first.node(), second.node(), second.number() / first.number());
    }

    private void take(Pair pair, Term part, Total total) {
        double ratio = rows.get(total).stream()
                .filter(term -> term.node() == pair.first)
                .findFirst()
                .orElseThrow()
                .number();
        replace(total, term -> term.node() == pair.first || term.node() == pair.second, part.times(ratio));
    }

    /* ---- Quotients that cancel ---- */

    /** Puts differences of quotients on one bar where nothing cancels there; whether there were some. */
    boolean cancel() {
        CommonBar bar = new CommonBar(pool);
        Deque<Total> rest = new ArrayDeque<>(rows.keySet());
        boolean any = false;
        while (!rest.isEmpty()) {
            Total total = rest.removeLast();
            Optional<CommonBar.Difference> difference = bar.find(rows.get(total));
            if (difference.isPresent()) {
                any = true;
                Set<Total> before = Set.copyOf(rows.keySet());
                replace(
                        total,
                        difference.get().terms()::contains,
                        difference.get().quotient());
                rest.add(total);
                rows.keySet().stream().filter(made -> !before.contains(made)).forEach(rest::add);
            }
        }
        return any;
    }

    /* ---- Common factors ---- */

    /** Takes factors out of sums as long as that saves operations. */
    void factor() {
        List<Total> rest = new ArrayList<>(rows.keySet());
        while (!rest.isEmpty()) {
            Total total = rest.remove(rest.size() - 1);
            Factor best = best(total);
            if (best != null) {
                Set<Total> before = Set.copyOf(rows.keySet());
                takeOut(best, total);
                rest.add(total);
                rows.keySet().stream().filter(made -> !before.contains(made)).forEach(rest::add);
            }
        }
    }

    private Factor best(Total total) {
        Map<Term, List<Term>> terms = new LinkedHashMap<>();
        for (Term term : rows.get(total)) {
            for (Node factor : new LinkedHashSet<>(Pool.factors(term.node()))) {
                terms.computeIfAbsent(new Term(1, factor), f -> new ArrayList<>())
                        .add(term);
            }
            if (Math.abs(term.number()) != 1) {
                terms.computeIfAbsent(pool.number(Math.abs(term.number())), f -> new ArrayList<>())
                        .add(term);
            }
        }
        Factor best = null;
        for (List<Term> group : new LinkedHashSet<>(terms.values())) {
            if (group.size() > 1) {
                Factor factor = factor(group);
                if (factor.gain > 0 && (best == null || factor.gain > best.gain)) {
                    best = factor;
                }
            }
        }
        return best;
    }

    /** All that some terms have in common. */
    private Factor factor(List<Term> terms) {
        Term first = terms.get(0);
        List<Node> common = new ArrayList<>(Pool.factors(first.node()));
        for (Term term : terms) {
            List<Node> rest = new ArrayList<>(Pool.factors(term.node()));
            common.removeIf(factor -> !rest.remove(factor));
        }
        boolean divided = common.stream().anyMatch(Reciprocal.class::isInstance);
        if (divided && terms.stream().anyMatch(term -> Pool.hasSquareOfQuotient(Pool.factors(term.node())))) {
            common.removeIf(Reciprocal.class::isInstance);
        }
        double number = Math.abs(first.number());
        boolean alike = terms.stream().allMatch(term -> Math.abs(term.number()) == number);
        Term factor = new Term(alike ? number : 1, pool.product(common));
        return new Factor(factor, terms, factor.equals(pool.number(1)) ? 0 : gain(factor, terms));
    }

    private int gain(Term factor, List<Term> terms) {
        int before = terms.size() - 1;
        int after = 1 + cost(factor);
        List<Term> left = new ArrayList<>();
        for (Term term : terms) {
            before += uses.getOrDefault(term.magnitude(), 0) > 1 ? 0 : cost(term);
            Term rest = without(factor, term);
            left.add(rest);
            after += uses.getOrDefault(rest.magnitude(), 0) > 0 ? 0 : cost(rest);
        }
        Term sum = sum(left);
        after += known.contains(new Term(1, sum.node())) || seen.contains(sum.node()) ? 0 : size(sum) - 1;
        return before - after;
    }

    /** A sum; those in it that are in no written order become part of it if something cancels then. */
    private Term sum(List<Term> terms) {
        List<Term> open = new ArrayList<>();
        for (Term term : terms) {
            if (term.node() instanceof Total total && !known.contains(total) && Pool.isPowerOfTwo(term.number())) {
                total.terms.forEach(part -> open.add(part.times(term.number())));
            } else {
                open.add(term);
            }
        }
        Term sum = pool.total(terms);
        Term opened = pool.total(open);
        return size(opened) < size(sum) ? opened : sum;
    }

    private static int size(Term term) {
        return term.isZero() ? 0 : term.node() instanceof Total total ? total.terms.size() : 1;
    }

    /** The multiplications that a term takes. */
    private int cost(Term term) {
        return Math.max(0, known.cover(term.magnitude()).size() - 1);
    }

    private Term without(Term factor, Term term) {
        List<Node> factors = new ArrayList<>(Pool.factors(term.node()));
        Pool.factors(factor.node()).forEach(factors::remove);
        return new Term(term.number() / factor.number(), pool.product(factors));
    }

    private void takeOut(Factor best, Total total) {
        List<Term> left =
                best.terms.stream().map(term -> without(best.factor, term)).toList();
        replace(total, best.terms::contains, pool.product(best.factor, sum(left)));
    }
}
