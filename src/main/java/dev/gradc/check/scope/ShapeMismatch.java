package dev.gradc.check.scope;

import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Letters;
import dev.gradc.source.Diagnostic;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of an elementwise operator whose operands differ in shape: with the index form that was meant, if one fits. */
public final class ShapeMismatch {

    private ShapeMismatch() {}

    public static Diagnostic of(Binary binary, Array a, Array b) {
        Diagnostic diagnostic = Diagnostic.error(
                        binary.span(),
                        "shapes differ: " + Wording.described(binary.left(), a) + ", "
                                + Wording.described(binary.right(), b))
                .withFocus(binary.focus());
        String hint = indexForm(binary, a, b)
                .map(form -> "nothing broadcasts silently; write " + form)
                .orElse("elementwise operators take equal shapes, or a scalar with anything");
        return diagnostic.withHint(hint);
    }

    /** {@code C[i,j] = A[i,j] + b[j]}, if the extents of the one are the last or the first of the other. */
    private static Optional<String> indexForm(Binary binary, Array a, Array b) {
        List<Expr> left = a.shape().extents();
        List<Expr> right = b.shape().extents();
        List<Expr> shorter = left.size() < right.size() ? left : right;
        List<Expr> longer = left.size() < right.size() ? right : left;
        int rest = longer.size() - shorter.size();
        boolean last = longer.subList(rest, longer.size()).equals(shorter);
        if (!last && !longer.subList(0, shorter.size()).equals(shorter)) {
            return Optional.empty();
        }
        List<String> indices = new ArrayList<>();
        for (int axis = 0; axis < longer.size(); axis++) {
            indices.add(Letters.ofAxis(axis));
        }
        List<String> some = last ? indices.subList(rest, longer.size()) : indices.subList(0, shorter.size());
        return Optional.of("C" + brackets(indices) + " = "
                + operand(binary.left()) + brackets(shorter == left ? some : indices) + " " + binary.operator() + " "
                + operand(binary.right()) + brackets(shorter == left ? indices : some));
    }

    private static String operand(Term term) {
        return term instanceof Name ? Wording.text(term) : "(" + Wording.text(term) + ")";
    }

    private static String brackets(List<String> indices) {
        return "[" + String.join(",", indices) + "]";
    }
}
