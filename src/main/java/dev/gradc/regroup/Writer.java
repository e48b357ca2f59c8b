package dev.gradc.regroup;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.regroup.Node.Applied;
import dev.gradc.regroup.Node.Atom;
import dev.gradc.regroup.Node.Product;
import dev.gradc.regroup.Node.Reciprocal;
import dev.gradc.regroup.Node.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts expressions together again, of what is kept and of the rows of sums and products. */
final class Writer {

    private final Known known;
    private final Rows rows;
    private final Set<Node> seen = new HashSet<>();
    private final Set<Term> wanted = new LinkedHashSet<>();
    private final Map<Node, Integer> signs = new HashMap<>();
    private final Products products;
    private final Map<Term, Expr> done = new HashMap<>();

    Writer(Pool pool, Known known, Rows rows, Collection<Term> roots) {
        this.known = known;
        this.rows = rows;
        for (Term root : roots) {
            signs.merge(root.node(), root.isNegative() ? -1 : 1, Integer::sum);
            visit(root);
        }
        products = new Products(pool, known, wanted);
    }

    /** Whether what is written is as short as it can be: products of very many factors are not looked through. */
    boolean isShort() {
        return products.areShared();
    }

    private void visit(Term term) {
        Term magnitude = term.magnitude();
        if (known.contains(magnitude)) {
            return;
        }
        boolean number = term.node() instanceof Product product && product.factors.isEmpty();
        if (!number && (term.node() instanceof Product || magnitude.number() != 1)) {
            wanted.add(magnitude);
        }
        if (seen.add(term.node())) {
            parts(term.node()).forEach(this::visit);
        }
    }

    private List<Term> parts(Node node) {
        if (node instanceof Total total) {
            return known.contains(new Term(1, total)) ? List.of() : rows.row(total);
        } else if (node instanceof Product product) {
            return product.factors.stream().map(factor -> new Term(1, factor)).toList();
        } else if (node instanceof Reciprocal reciprocal) {
            return List.of(new Term(1, reciprocal.of));
        } else if (node instanceof Applied applied) {
            return applied.arguments;
        }
        return List.of();
    }

    /** An expression of the value of {@code term}. */
    Expr write(Term term) {
        Expr expression = done.get(term);
        if (expression == null) {
            expression = written(term);
            done.put(term, expression);
        }
        return expression;
    }

    private Expr written(Term term) {
        if (term.node() instanceof Product product && product.factors.isEmpty()) {
            return Constant.of(term.number());
        }
        Optional<Expr> expression = known.expression(term);
        if (expression.isPresent()) {
            return known.isNegated(term) ? Call.negated(expression.get()) : expression.get();
        }
        if (term.number() == -1 && isTurned(term.node())) {
            return sum((Total) term.node(), -1);
        }
        if (term.isNegative()) {
            return Call.of(Operator.NEGATE, write(term.times(-1)));
        }
        return term.number() != 1 || term.node() instanceof Product ? write(products.tree(term)) : write(term.node());
    }

    /** Whether rather the negative of a sum is worked out, because that is what is asked for. */
    private boolean isTurned(Node node) {
        return node instanceof Total total
                && signs.getOrDefault(node, 0) < 0
                && rows.row(total) != null
                && rows.row(total).stream().anyMatch(Term::isNegative);
    }

    private Expr write(Node node) {
        if (node instanceof Atom atom) {
            return atom.expression;
        } else if (node instanceof Total total) {
            return isTurned(total) ? Call.of(Operator.NEGATE, write(new Term(-1, total))) : sum(total, 1);
        } else if (node instanceof Reciprocal reciprocal) {
            return Call.of(Operator.DIVIDE, Constant.ONE, write(new Term(1, reciprocal.of)));
        }
        Applied applied = (Applied) node;
        List<Expr> arguments = applied.arguments.stream().map(this::write).toList();
        return applied.function == null
                ? Select.of(arguments.get(0), arguments.get(1), arguments.get(2))
                : Call.of(applied.function, arguments);
    }

    /**
     * A row added up, beginning with what is not subtracted, and what is no product before the products: differences of near numbers
     * are exact, as long as no product has been rounded.
     */
    private Expr sum(Total total, int sign) {
        List<Term> row = new ArrayList<>();
        rows.row(total).forEach(term -> row.add(term.times(sign)));
        row.sort(Comparator.comparing(term -> term.node() instanceof Product product && !product.factors.isEmpty()));
        Term first = row.stream().filter(term -> !term.isNegative()).findFirst().orElse(row.get(0));
        row.remove(first);
        Expr sum = write(first);
        for (Term term : row) {
            sum = Call.of(term.isNegative() ? Operator.SUBTRACT : Operator.ADD, sum, write(term.magnitude()));
        }
        return sum;
    }
}
