package dev.gradc.check;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Unit.Initial;
import dev.gradc.ir.Unit.InitialKind;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement.Variable;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Name;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How parameters start: {@code = 0}, {@code ~ uniform(-0.1, 0.1)}, {@code ~ glorotUniform}. */
final class Initials {

    /** The distributions that all others are written with, and how many numbers describe each. */
    private static final Map<String, InitialKind> PRIMITIVE = Map.of(
            "constant", InitialKind.CONSTANT,
            "uniform", InitialKind.UNIFORM,
            "normal", InitialKind.NORMAL,
            "bernoulli", InitialKind.BERNOULLI);

    private static final String FORMS = "uniform(low, high), normal(mean, deviation), bernoulli(p), constant(value)";

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    Initials(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    /** What the declaration of a parameter of {@code shape} says; zero without a word. */
    Initial of(Variable variable, Shape shape, Context context) {
        if (variable.initial().isEmpty()) {
            return new Initial(InitialKind.CONSTANT, 0, 0);
        }
        Term term = variable.initial().get();
        if (variable.drawn()) {
            return drawn(term, shape, context, new LinkedHashSet<>());
        }
        Name name = term instanceof Term.Call call ? call.function() : term instanceof Name alone ? alone : null;
        if (name != null
                && context.scope().find(name.text()).isEmpty()
                && known(context).contains(name.text())) {
            diagnostics.error(
                    term.span(),
                    name.text() + " is an initialiser, not a number",
                    "draw from it: ~ " + term.span().text());
            return constant(0);
        }
        return constant(number(elaborator, term, context, "what a parameter starts from"));
    }

    static Set<String> known(Context context) {
        Set<String> known = new LinkedHashSet<>(context.declarations().names(Declaration.Initializer.class));
        known.addAll(PRIMITIVE.keySet());
        return known;
    }

    /** The distribution that a draw names. */
    Initial distribution(Term term, Shape shape, Context context) {
        return drawn(term, shape, context, new LinkedHashSet<>());
    }

    private Initial drawn(Term term, Shape shape, Context context, Set<String> active) {
        Name name = term instanceof Term.Call call ? call.function() : term instanceof Name alone ? alone : null;
        List<Argument> arguments = term instanceof Term.Call call ? call.arguments() : List.of();
        if (name == null) {
            diagnostics.error(term.span(), "after ~ stands an initialiser, as glorotUniform", "= gives a constant");
            return constant(0);
        }
        Optional<Found<Declaration.Initializer>> found =
                context.declarations().find(name.text(), Declaration.Initializer.class);
        if (found.isPresent() && active.add(name.text())) {
            return expanded(found.get(), arguments, shape, context, active);
        }
        InitialKind kind = PRIMITIVE.get(name.text());
        if (kind == null) {
            context.declarations().unknown(name, "initialiser", known(context), diagnostics);
            return constant(0);
        }
        int count = kind == InitialKind.CONSTANT || kind == InitialKind.BERNOULLI ? 1 : 2;
        if (arguments.size() != count) {
            diagnostics.error(
                    term.span(),
                    name.text() + " takes " + count + (count == 1 ? " number" : " numbers") + ", not "
                            + arguments.size(),
                    FORMS);
            return constant(0);
        }
        double first = number(arguments.get(0).value(), context);
        double second = count == 2 ? number(arguments.get(1).value(), context) : 0;
        String wrong = wrong(kind, first, second);
        if (!wrong.isEmpty()) {
            diagnostics.error(term.span(), wrong, FORMS);
        }
        return new Initial(kind, first, second);
    }

    /** Why there is no such distribution; empty if there is. */
    private static String wrong(InitialKind kind, double first, double second) {
        return switch (kind) {
            case BERNOULLI ->
                first >= 0 && first <= 1 ? "" : "a probability is between 0 and 1, not " + Wording.number(first);
            case UNIFORM ->
                first <= second
                        ? ""
                        : "no number is between " + Wording.number(first) + " and " + Wording.number(second);
            case NORMAL -> second >= 0 ? "" : "a deviation must not be below 0, as " + Wording.number(second) + " is";
            default -> "";
        };
    }

    /** An initialiser of the library: its parameters are the fans of the shape, or what the call gives. */
    private Initial expanded(
            Found<Declaration.Initializer> found,
            List<Argument> arguments,
            Shape shape,
            Context context,
            Set<String> active) {
        Declaration.Initializer initializer = found.declaration();
        Scope scope = Scope.empty();
        int position = 0;
        for (Parameter parameter : initializer.parameters()) {
            String name = parameter.name().text();
            Expr value;
            if (name.equals("fanIn") || name.equals("fanOut")) {
                value = Constant.of(fan(shape, name.equals("fanIn")));
            } else {
                Term term = position < arguments.size()
                        ? arguments.get(position++).value()
                        : parameter.defaultValue().orElse(null);
                if (term == null) {
                    diagnostics.error(
                            initializer.name().span(), initializer.name().text() + " needs a value for " + name);
                    return constant(0);
                }
                value = Constant.of(number(term, context));
            }
            scope.bind(name, Array.scalar(value));
        }
        return drawn(initializer.value(), shape, Context.of(found.home(), scope), active);
    }

    /**
     * How many inputs reach one output, or how many outputs one input reaches: the second axis of a matrix counts inputs, the first
     * outputs, and every further axis, as a kernel's, counts for both. A vector has one output.
     */
    static double fan(Shape shape, boolean in) {
        if (shape.rank() < 2) {
            return in && shape.rank() == 1 ? shape.size(0) : 1;
        }
        double fan = shape.size(in ? 1 : 0);
        for (int axis = 2; axis < shape.rank(); axis++) {
            fan *= shape.size(axis);
        }
        return fan;
    }

    private double number(Term term, Context context) {
        return number(elaborator, term, context, "what an initialiser is given");
    }

    /** The value of a term that must be known when compiling; NaN, after a message, if it is not. */
    static double number(Elaborator elaborator, Term term, Context context, String what) {
        Expr value = elaborator.scalar(term, context, what);
        if (value == null) {
            return Double.NaN;
        }
        if (Constants.fold(value) instanceof Constant constant) {
            return constant.value();
        }
        elaborator.diagnostics().error(term.span(), what + " must be a constant");
        return Double.NaN;
    }

    private static Initial constant(double value) {
        return new Initial(InitialKind.CONSTANT, value, 0);
    }
}
