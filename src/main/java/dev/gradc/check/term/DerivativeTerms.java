package dev.gradc.check.term;

import static java.util.stream.Collectors.toSet;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.diff.Reverse;
import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import dev.gradc.simplify.DeadDefinitions;
import dev.gradc.simplify.Stabilizer;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code diff(u, x)}, {@code grad(u, W)}, {@code jacobian(v, x)}, {@code hessian(u, x)}: derivatives as expressions. */
final class DerivativeTerms {

    /** Each order makes the expressions longer, by a factor: with so many parts they have no higher one. */
    private static final int LONGEST = 20_000;

    private final Elaborator elaborator;

    DerivativeTerms(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    Value call(Term.Call call, Context context) {
        String name = call.function().text();
        int given = call.arguments().size();
        if (given != 2 && !(given == 3 && name.equals("diff"))) {
            return fail(call, name + " takes what to differentiate and the variable", name + "(u, x)");
        }
        Term variable = call.arguments().get(1).value();
        Value x = elaborator.value(variable, context);
        Context named = context;
        if (variable instanceof Term.Element && x instanceof Array part && !DifferentiatedNames.isTensor(part)) {
            // A tensor of its own, which u then reads where it names the same part.
            x = elaborator.translation().store(part, "x", "", context);
            Scope scope = context.scope().inner();
            scope.bind(variable.span().text(), new Value.StandIn(part, (Array) x));
            named = context.within(scope);
        }
        Value u = elaborator.value(call.arguments().get(0).value(), named);
        if (!(u instanceof Array of) || !(x instanceof Array wrt)) {
            elaborator.notANumber(call.arguments().get(0).value(), u);
            return elaborator.notANumber(variable, x);
        }
        if (!name.equals("jacobian") && !of.isScalar()) {
            return fail(
                    call,
                    "only a scalar has a " + name + ": "
                            + Wording.described(call.arguments().get(0).value(), of),
                    "take its jacobian");
        }
        if (name.equals("diff") && !wrt.isScalar()) {
            return fail(
                    call,
                    "diff takes a scalar variable: " + Wording.described(variable, wrt),
                    "grad(u, x) takes a tensor");
        }
        int order = 1;
        if (given == 3) {
            Expr times = elaborator.scalar(call.arguments().get(2).value(), context, "the order");
            if (!(times != null
                    && Constants.fold(times) instanceof Constant constant
                    && constant.isInteger()
                    && constant.value() >= 0)) {
                return times == null
                        ? Value.INVALID
                        : fail(call, "the order must be a constant integer from 0", "diff(u, x, 2)");
            }
            order = (int) constant.value();
        }
        if (name.equals("hessian")) {
            Value gradient = derivative(of, wrt, call, context);
            return gradient instanceof Array array ? derivative(array, wrt, call, context) : gradient;
        }
        Value result = of;
        for (int i = 0; i < order && result instanceof Array array; i++) {
            if (i > 1 && length() > LONGEST) {
                return fail(call, "the derivative becomes too long", "take one of lower order");
            }
            result = derivative(array, wrt, call, context);
        }
        return result;
    }

    private int length() {
        return Walk.postOrder(elaborator.translation().definitions().stream()
                        .map(Definition::body)
                        .toList())
                .size();
    }

    /** The derivatives of all entries of {@code of} in all of {@code wrt}: of the shape of the first, then of the second. */
    private Value derivative(Array of, Array wrt, Term.Call call, Context context) {
        if (!(wrt.first() instanceof Access variable)) {
            return fail(call, "the variable must have a name", "define it first: z = …");
        }
        if (variable.tensor().isInteger()) {
            return fail(call, "an integer has no derivative", "declare it without : int(…)");
        }
        Optional<Expr> direct = direct(of, variable, wrt, context.declarations().library());
        return direct.isPresent() ? Array.scalar(direct.get()) : byProgram(of, wrt, variable, context);
    }

    /** A scalar that reads the variable itself, and nothing that depends on it: the chain rule through one expression. */
    private static Optional<Expr> direct(Array of, Access variable, Array wrt, Library library) {
        if (!of.isScalar() || !wrt.isScalar()) {
            return Optional.empty();
        }
        Expr u = of.scalar();
        boolean apart = Walk.accesses(u).stream()
                .allMatch(access -> access == variable
                        || access.tensor() != variable.tensor()
                                && access.tensor().role() != Tensor.Role.DERIVED
                        || access.tensor() == variable.tensor()
                                && isConstant(access.subscripts())
                                && isConstant(variable.subscripts()));
        if (!apart) {
            return Optional.empty();
        }
        Tensor result = Tensor.derived("u", Shape.SCALAR);
        Definition line = new Definition(result, List.of(), Combine.ASSIGN, List.of(), u, "");
        List<Definition> stable = stable(new Program(List.of(), List.of(line), List.of(result)), library)
                .definitions();
        return stable.size() == 1
                ? Optional.of(new Reverse(library)
                        .partials(stable.get(0).body(), List.of(variable))
                        .get(0))
                : Optional.empty();
    }

    private Value byProgram(Array of, Array wrt, Access variable, Context context) {
        Translation translation = elaborator.translation();
        Library library = context.declarations().library();
        Array stored = translation.store(of, "u", "", context);
        Access element = (Access) stored.first();
        List<Index> outer =
                context.loops().stream().filter(element.subscripts()::contains).toList();
        Program stable = stableSoFar(element.tensor(), variable.tensor(), library);
        DerivativePass pass = new DerivativePass(stable.definitions(), element.tensor(), variable, outer);
        translation.addAll(pass.definitions(library, translation));
        List<Expr> extents = new ArrayList<>(of.shape().extents());
        extents.addAll(wrt.shape().extents());
        int own = of.shape().rank();
        return new Array(
                new Shape(extents),
                all -> pass.partial(all.subList(0, own), (Access) wrt.at(all.subList(own, all.size()))),
                true);
    }

    /**
     * What has been defined so far in stable form; the definitions that this needs beside them are added to them. The variable is
     * given: no rule looks through it.
     */
    private Program stableSoFar(Tensor of, Tensor variable, Library library) {
        List<Definition> defined = elaborator.translation().definitions();
        Set<Tensor> known = defined.stream().map(Definition::target).collect(toSet());
        List<Definition> between = defined.stream()
                .filter(definition -> definition.target() != variable)
                .toList();
        Program stable = stable(new Program(List.of(variable), between, List.of(of)), library);
        elaborator
                .translation()
                .addAll(stable.definitions().stream()
                        .filter(definition -> !known.contains(definition.target()))
                        .toList());
        return stable;
    }

    /** What is differentiated is first made stable: afterwards it is too late. */
    private static Program stable(Program program, Library library) {
        return DeadDefinitions.remove(new Stabilizer(library, "identities").apply(program));
    }

    private static boolean isConstant(List<Expr> subscripts) {
        return subscripts.stream().allMatch(Constant.class::isInstance);
    }

    private Value fail(Term.Call call, String message, String hint) {
        elaborator.diagnostics().error(call.span(), message, hint);
        return Value.INVALID;
    }
}
