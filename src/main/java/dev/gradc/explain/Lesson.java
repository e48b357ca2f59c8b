package dev.gradc.explain;

import dev.gradc.algebra.Algebra;
import dev.gradc.diff.Reverse;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A scalar formula taken apart and differentiated, by {@link Reverse} and nothing else.
 *
 * @param algebra what makes formulas readable
 * @param modules a definition for each module; the last one is the result
 * @param variables the arguments to differentiate in
 * @param localsByModule the local derivatives of each module that depends on a variable, in the order of the modules
 * @param backward the backward pass through the modules, with the adjoint of every variable and module
 */
record Lesson(
        Library library,
        Algebra algebra,
        Program modules,
        List<Tensor> variables,
        Map<Tensor, List<LocalDerivative>> localsByModule,
        Gradient backward) {

    Lesson {
        variables = List.copyOf(variables);
        localsByModule = Collections.unmodifiableMap(new LinkedHashMap<>(localsByModule));
    }

    /** @param formula over {@code arguments}, all scalars */
    static Lesson of(Library library, List<Tensor> arguments, Expr formula) {
        Algebra algebra = new Algebra(library);
        Program modules = Modules.of(arguments, formula);
        List<Tensor> variables =
                arguments.stream().filter(tensor -> !tensor.isInteger()).toList();
        Set<Tensor> active = new LinkedHashSet<>(variables);
        Map<Tensor, List<LocalDerivative>> localsByModule = new LinkedHashMap<>();
        for (Definition module : modules.definitions()) {
            List<LocalDerivative> locals = locals(library, algebra, module, active);
            if (!locals.isEmpty()) {
                localsByModule.put(module.target(), locals);
                active.add(module.target());
            }
        }
        Gradient backward =
                new Reverse(library).gradient(modules, modules.results().get(0), List.copyOf(active));
        return new Lesson(library, algebra, modules, variables, localsByModule, backward);
    }

    /** The module that all others lead to. */
    Tensor result() {
        return modules.results().get(0);
    }

    /** The local derivatives of {@code module}. */
    List<LocalDerivative> localsOf(Tensor module) {
        return localsByModule.getOrDefault(module, List.of());
    }

    /** All local derivatives, in the order of the modules. */
    List<LocalDerivative> locals() {
        return localsByModule.values().stream().flatMap(List::stream).toList();
    }

    private static List<LocalDerivative> locals(
            Library library, Algebra algebra, Definition module, Set<Tensor> active) {
        List<Access> inputs = Walk.accesses(module.body()).stream()
                .filter(access -> active.contains(access.tensor()))
                .toList();
        List<Expr> partials = new Reverse(library).partials(module.body(), inputs);
        // What the module has computed is there to be read.
        Rewrite known = Rewrite.substituting(Map.of(module.body(), module.element()));
        List<LocalDerivative> locals = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (partials.get(i) != Constant.ZERO) {
                Expr exact = module.body() instanceof Call ? known.apply(partials.get(i)) : partials.get(i);
                locals.add(new LocalDerivative(
                        module.target(),
                        inputs.get(i).tensor(),
                        exact,
                        algebra.apply(exact),
                        rule(module.body(), inputs.get(i))));
            }
        }
        return locals;
    }

    private static Optional<LocalDerivative.Rule> rule(Expr body, Access input) {
        return body instanceof Call call
                ? Optional.of(new LocalDerivative.Rule(
                        call.function(),
                        IntStream.range(0, call.arguments().size())
                                .filter(i -> call.argument(i) == input)
                                .boxed()
                                .toList()))
                : Optional.empty();
    }
}
