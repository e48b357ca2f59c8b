package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Term;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Works out terms that are sizes: constant positive integers. */
public final class Extents {

    private final Elaborator elaborator;
    private final Translation translation;
    private final Diagnostics diagnostics;

    /** What has turned out to be no size: under whatever names it stands, that is one mistake. */
    private final Set<Value> noSizes = Collections.newSetFromMap(new IdentityHashMap<>());

    Extents(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.translation = elaborator.translation();
        this.diagnostics = elaborator.diagnostics();
    }

    /** A constant integer, as a size is; −1, after a message, if it is not. */
    public int size(Term term, Context context, String what) {
        Value given = elaborator.value(term, context);
        Expr size = elaborator.scalar(given, term, what);
        if (size == null || noSizes.contains(given)) {
            return -1;
        }
        double value = Constants.fold(size) instanceof Constant constant ? constant.value() : Double.NaN;
        if (Double.isNaN(value)) {
            translation.leaveToCalls(size);
            diagnostics.error(
                    term.span(),
                    what + " must be a constant",
                    "sizes are known when compiling: numbers, const names, sizes of a network");
        } else if (value != Math.rint(value) || value < 1) {
            diagnostics.error(term.span(), what + " must be a positive integer, not " + Wording.number(value));
            noSizes.add(given);
            translation.ifForgotten(() -> noSizes.remove(given));
        } else if (value > Integer.MAX_VALUE) {
            diagnostics.error(term.span(), what + " is too large: " + Wording.number(value), "at most 2147483647");
        } else {
            return (int) value;
        }
        return -1;
    }

    /** The shape of constant dimensions; null, after a message, if they have none. */
    public Shape shape(List<Term> dimensions, Context context) {
        if (dimensions.size() > Shape.MOST_AXES) {
            Span span = dimensions
                    .get(0)
                    .span()
                    .to(dimensions.get(dimensions.size() - 1).span());
            diagnostics.error(span, "a tensor has at most " + Shape.MOST_AXES + " axes");
            return null;
        }
        int[] sizes = new int[dimensions.size()];
        long count = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = size(dimensions.get(axis), context, "a dimension");
            if (sizes[axis] < 0) {
                return null;
            }
            count *= sizes[axis];
            if (count > Integer.MAX_VALUE) {
                diagnostics.error(
                        dimensions.get(0).span().to(dimensions.get(axis).span()),
                        "the tensor is too large: more than 2147483647 entries");
                return null;
            }
        }
        return Shape.of(sizes);
    }
}
