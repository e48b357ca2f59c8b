package dev.gradc.check.term;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Comprehension;
import dev.gradc.syntax.Term.Conditional;
import dev.gradc.syntax.Term.Element;
import dev.gradc.syntax.Term.Lambda;
import dev.gradc.syntax.Term.Literal;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Numeral;
import dev.gradc.syntax.Term.Transpose;
import dev.gradc.syntax.Term.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Works out what a term means: a tensor of known shape whose entries are expressions. Whatever is used at several subscripts is
 * stored in a definition of the {@link Translation}.
 */
public final class Elaborator {

    /** More functions that are passed as arguments, each applied by the one before, are no program. */
    private static final int DEEPEST = 200;

    private final Translation translation;
    private final Diagnostics diagnostics;
    private final Entrywise entrywise;
    private final Calls calls;
    private final Reductions reductions;
    private final Subscripts subscripts;
    private final Extents extents;

    /** How many functions that were passed as arguments are being applied, one by the other, and whether these were too many. */
    private int applied;

    private boolean endless;

    public Elaborator(Translation translation) {
        this.translation = translation;
        this.diagnostics = translation.diagnostics();
        this.entrywise = new Entrywise(this);
        this.calls = new Calls(this);
        this.reductions = new Reductions(this);
        this.subscripts = new Subscripts(this);
        this.extents = new Extents(this);
    }

    Translation translation() {
        return translation;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    Entrywise entrywise() {
        return entrywise;
    }

    public Calls calls() {
        return calls;
    }

    Reductions reductions() {
        return reductions;
    }

    public Extents extents() {
        return extents;
    }

    public Value value(Term term, Context context) {
        if (term instanceof Numeral numeral) {
            return Array.scalar(Constant.of(numeral.value()));
        } else if (term instanceof Name name) {
            return name(name, context);
        } else if (term instanceof Unary unary) {
            return entrywise.unary(unary, context);
        } else if (term instanceof Binary binary) {
            return entrywise.binary(binary, context);
        } else if (term instanceof Conditional conditional) {
            return entrywise.conditional(conditional, context);
        } else if (term instanceof Term.Call call) {
            return calls.call(call, context);
        } else if (term instanceof Comprehension comprehension) {
            return reductions.comprehension(comprehension, context);
        } else if (term instanceof Element element) {
            return subscripts.element(element, context);
        } else if (term instanceof Transpose transpose) {
            return transpose(transpose, context);
        } else if (term instanceof Literal literal) {
            return literal(literal, context);
        }
        Lambda lambda = (Lambda) term;
        return new Value.Callable("the function", (arguments, span, where) -> {
            if (arguments.size() != 1) {
                diagnostics.error(span, "the function takes 1 argument, not " + arguments.size());
                return Value.INVALID;
            }
            Scope scope = context.scope().inner();
            Value argument = arguments.get(0);
            if (argument instanceof Array array) {
                String own = lambda.parameter().text();
                argument = DifferentiatedNames.of(lambda.body()).needTensor(own, array)
                        ? translation.store(array, own, "", where)
                        : translation.remembering(array);
            }
            scope.bind(lambda.parameter().text(), argument);
            return applied(span, () -> value(lambda.body(), where.at(context, scope)));
        });
    }

    /** What a function gives that was passed as an argument, unless such apply each other without end. */
    private Value applied(Span span, Supplier<Value> result) {
        if (applied == DEEPEST && !endless) {
            endless = true;
            diagnostics.error(span, "functions that are passed as arguments apply each other without end");
        }
        if (endless) {
            return Value.INVALID;
        }
        applied++;
        try {
            return result.get();
        } finally {
            applied--;
        }
    }

    /** The value of a term that must be a scalar; null, after a message, if it is not. */
    public Expr scalar(Term term, Context context, String what) {
        return scalar(value(term, context), term, what);
    }

    /** The same of what {@code term} means. */
    Expr scalar(Value value, Term term, String what) {
        if (value instanceof Array array) {
            if (array.isScalar()) {
                return array.scalar();
            }
            diagnostics.error(term.span(), what + " must be a scalar: " + Wording.described(term, array));
        } else if (value != Value.INVALID) {
            diagnostics.error(term.span(), what + " must be a scalar");
        }
        return null;
    }

    private Value name(Name name, Context context) {
        Value value = context.scope().find(name.text()).orElse(null);
        if (value != null) {
            return value;
        }
        Value constant = calls.constant(name, context);
        if (constant != null) {
            return constant;
        }
        if (name.text().equals("training") && context.owner().exists()) {
            return Array.scalar(context.owner().host().training());
        }
        if (calls.isFunction(name.text(), context)) {
            return new Value.Callable(
                    name.text(),
                    (arguments, span, where) -> applied(
                            span, () -> calls.apply(name, arguments, span, where.at(context, context.scope()))));
        }
        context.declarations().unknown(name, "name", calls.knownNames(context), diagnostics);
        return Value.INVALID;
    }

    private Value transpose(Transpose transpose, Context context) {
        Value value = value(transpose.operand(), context);
        if (!(value instanceof Array array)) {
            return notANumber(transpose.operand(), value);
        }
        if (array.shape().rank() != 2) {
            diagnostics.error(
                    transpose.span(),
                    "only a matrix has a transpose: " + Wording.described(transpose.operand(), array),
                    array.shape().rank() == 1
                            ? "a vector stands for a row or a column as @ needs it"
                            : "use an index form");
            return Value.INVALID;
        }
        return new Array(
                new Shape(List.of(array.shape().extent(1), array.shape().extent(0))),
                at -> array.at(List.of(at.get(1), at.get(0))),
                array.stored());
    }

    private Value literal(Literal literal, Context context) {
        List<Array> entries = new ArrayList<>();
        for (Term entry : literal.entries()) {
            Value value = value(entry, context);
            if (!(value instanceof Array array)) {
                return notANumber(entry, value);
            }
            if (!entries.isEmpty() && !entries.get(0).shape().equals(array.shape())) {
                diagnostics.error(
                        entry.span(),
                        "the entries of a literal have one shape: " + Wording.described(entry, array)
                                + ", the first is " + Wording.shape(entries.get(0)));
                return Value.INVALID;
            }
            entries.add(array);
        }
        if (entries.isEmpty()) {
            diagnostics.error(literal.span(), "an empty literal has no shape");
            return Value.INVALID;
        }
        if (entries.get(0).shape().rank() == Shape.MOST_AXES) {
            diagnostics.error(literal.span(), "a tensor has at most " + Shape.MOST_AXES + " axes");
            return Value.INVALID;
        }
        return new Pieces(this).stack(entries, context);
    }

    /** What comes of {@code term} where a number must stand, after a message unless one has been given or its shape is still sought. */
    public Value notANumber(Term term, Value value) {
        if (value instanceof Value.Callable callable) {
            diagnostics.error(
                    term.span(),
                    callable.name() + " is a function, not a number",
                    "call it: " + callable.name() + "(…)");
        } else if (value instanceof Value.Several several) {
            diagnostics.error(term.span(), "this gives " + several.values().size() + " results; name them: (a, b) = …");
        }
        return value instanceof Value.Unknown ? value : Value.INVALID;
    }
}
