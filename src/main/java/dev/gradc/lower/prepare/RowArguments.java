package dev.gradc.lower.prepare;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Application;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the arguments of functions that can be applied to whole rows into rows: {@code h[n,i] = f(z[n,i] + b[i])} becomes {@code
 * a[n,i] = z[n,i] + b[i]} and {@code h[n,i] = f(a[n,i])}. What stands in only one side of a selection stays there.
 */
public final class RowArguments {

    private final Set<Function> functions;
    private final List<Definition> result = new ArrayList<>();

    private RowArguments(Set<Function> functions) {
        this.functions = functions;
    }

    public static List<Definition> of(List<Definition> definitions, Set<Function> functions) {
        if (functions.isEmpty()) {
            return definitions;
        }
        RowArguments arguments = new RowArguments(functions);
        definitions.forEach(arguments::add);
        return arguments.result;
    }

    private void add(Definition definition) {
        Definition rest = definition;
        boolean plain = definition.combine() == Combine.ASSIGN
                && definition.loops().stream().allMatch(loop -> loop.low() == Constant.ZERO);
        Set<Expr> tried = new HashSet<>();
        Optional<Call> call = plain ? next(rest.body(), tried) : Optional.empty();
        while (call.isPresent()) {
            rest = separated(rest, call.get());
            tried.add(call.get());
            call = next(rest.body(), tried);
        }
        result.add(rest);
    }

    /** An innermost call of one of the functions that is always needed. */
    private Optional<Call> next(Expr body, Set<Expr> tried) {
        Set<Expr> always = new HashSet<>();
        addAlways(body, always);
        return Walk.postOrder(body).stream()
                .filter(node -> node instanceof Call call
                        && functions.contains(call.function())
                        && always.contains(node)
                        && !tried.contains(node))
                .map(Call.class::cast)
                .findFirst();
    }

    private static void addAlways(Expr node, Set<Expr> always) {
        if (always.add(node)) {
            if (node instanceof Select select) {
                addAlways(select.condition(), always);
            } else {
                node.children().forEach(child -> addAlways(child, always));
            }
        }
    }

    /** What is left of {@code definition} where a row for the argument of {@code call}, and one for its value, stand before it. */
    private Definition separated(Definition definition, Call call) {
        Set<Index> needed = Walk.indices(call.children());
        List<Index> loops = definition.loops().stream().filter(needed::contains).toList();
        String name = definition.target().name();
        Temporary argument = new Temporary(definition, name + "Argument", loops);
        boolean isRow = call.argument(0) instanceof Access;
        Expr row = isRow ? call.argument(0) : argument.element();
        Call ofRow = Call.of(call.function(), List.of(row));
        boolean whole = definition.body() == call;
        Temporary value = new Temporary(definition, call.function().symbol(), loops);
        Definition application = whole ? definition.withBody(ofRow) : value.definition(Combine.ASSIGN, loops, ofRow);
        if (Application.of(application, functions).isEmpty()) {
            return definition;
        }
        if (!isRow) {
            result.add(argument.definition(Combine.ASSIGN, loops, call.argument(0)));
        }
        if (whole) {
            return application;
        }
        result.add(application);
        return definition.withBody(
                Rewrite.substituting(Map.of(call, value.element())).apply(definition.body()));
    }
}
