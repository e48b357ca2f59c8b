package dev.gradc.reading;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.simplify.DeadDefinitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kronecker's delta: {@code sum[k](k == i ? A[k,j] : 0)} is {@code A[i,j]}. Jacobians, whose backward passes begin with the rows of
 * the unit matrix, become the formulas that one writes by hand.
 */
public final class Deltas {

    private final Map<Tensor, Definition> inlined = new HashMap<>();
    private final Map<Tensor, Definition> sole;
    private final Program program;

    private Deltas(Program program) {
        this.program = program;
        sole = program.soleDefinitions();
    }

    /** The same program with sums of one term taken, and what is 0 off a diagonal put where it is read. */
    public static Program apply(Program program) {
        Deltas deltas = new Deltas(program);
        List<Definition> definitions =
                program.definitions().stream().map(deltas::simpler).toList();
        return DeadDefinitions.remove(program.withDefinitions(definitions));
    }

    private Definition simpler(Definition definition) {
        Definition current = definition.withBody(new Rewrite(this::read).apply(definition.body()));
        Optional<Definition> next = step(current);
        while (next.isPresent()) {
            current = next.get();
            next = step(current);
        }
        if (isDelta(current)) {
            inlined.put(current.target(), current);
        }
        return current;
    }

    private Expr read(Expr node) {
        return node instanceof Access access && inlined.containsKey(access.tensor())
                ? inlined.get(access.tensor()).bodyAt(access.subscripts())
                : node;
    }

    private boolean isDelta(Definition definition) {
        return definition.isTotal()
                && sole.containsKey(definition.target())
                && definition.recurrences().isEmpty()
                && !program.results().contains(definition.target())
                && definition.body() instanceof Select select
                && select.otherwise() == Constant.ZERO
                && equation(select.condition()).isPresent();
    }

    /** One delta less inside a sum, or outside a product. */
    private Optional<Definition> step(Definition definition) {
        for (Expr node : Walk.postOrder(definition.body())) {
            if (node instanceof Select select && select.otherwise() == Constant.ZERO) {
                Optional<Definition> simpler = equation(select.condition())
                        .filter(equation -> vanishes(definition.body(), equation, new HashMap<>()))
                        .flatMap(equation -> at(definition, equation));
                if (simpler.isPresent()) {
                    return simpler;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Call> equation(Expr condition) {
        return condition instanceof Call call
                        && call.function() == Operator.EQUAL
                        && call.arguments().stream().anyMatch(Index.class::isInstance)
                ? Optional.of(call)
                : Optional.empty();
    }

    /** Whether {@code expression} is 0 where {@code equation} does not hold. */
    private static boolean vanishes(Expr expression, Call equation, Map<Expr, Boolean> known) {
        Boolean before = known.get(expression);
        if (before == null) {
            before = mayVanish(expression, equation, known);
            known.put(expression, before);
        }
        return before;
    }

    private static boolean mayVanish(Expr expression, Call equation, Map<Expr, Boolean> known) {
        if (expression instanceof Select select) {
            return vanishes(select.otherwise(), equation, known)
                    && (select.condition() == equation || vanishes(select.then(), equation, known));
        }
        if (!(expression instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return expression == Constant.ZERO;
        }
        return switch (operator) {
            case ADD, SUBTRACT ->
                vanishes(call.argument(0), equation, known) && vanishes(call.argument(1), equation, known);
            case MULTIPLY -> vanishes(call.argument(0), equation, known) || vanishes(call.argument(1), equation, known);
            case DIVIDE, NEGATE -> vanishes(call.argument(0), equation, known);
            default -> false;
        };
    }

    /** What {@code definition}, whose body vanishes where {@code equation} does not hold, says where it does. */
    private static Optional<Definition> at(Definition definition, Call equation) {
        Expr body = new Rewrite(
                        node -> node instanceof Select select && select.condition() == equation ? select.then() : node)
                .apply(definition.body());
        for (int side = 0; side < 2; side++) {
            if (definition.combine() == Combine.SUM
                    && equation.argument(side) instanceof Index loop
                    && definition.reduced().contains(loop)
                    && contains(loop, equation.argument(1 - side))
                    && boundsAreFree(definition, loop)) {
                Rewrite place = Rewrite.substituting(Map.of(loop, equation.argument(1 - side)));
                List<Index> others = definition.loops().stream()
                        .filter(other -> other != loop)
                        .toList();
                boolean single = definition.reduced().size() == 1 && definition.isGather();
                return Optional.of(definition
                        .with(place.apply(definition.subscripts()), others, place.apply(body))
                        .withCombine(single ? Combine.ASSIGN : Combine.SUM));
            }
        }
        return isOutside(equation, definition.body()) || definition.combine() != Combine.ASSIGN
                ? Optional.empty()
                : Optional.of(definition.withBody(Select.of(equation, body, Constant.ZERO)));
    }

    /** Whether {@code expression} is {@code equation ? … : 0}, perhaps within others of that form. */
    private static boolean isOutside(Call equation, Expr expression) {
        return expression instanceof Select select
                && select.otherwise() == Constant.ZERO
                && (select.condition() == equation || isOutside(equation, select.then()));
    }

    /** Whether {@code loop} runs through {@code value} for certain. */
    private static boolean contains(Index loop, Expr value) {
        return value instanceof Index index
                ? index.low() == loop.low() && index.high() == loop.high()
                : value instanceof Constant constant
                        && loop.low() instanceof Constant low
                        && loop.high() instanceof Constant high
                        && low.value() <= constant.value()
                        && constant.value() < high.value();
    }

    private static boolean boundsAreFree(Definition definition, Index loop) {
        return definition.loops().stream()
                .noneMatch(other ->
                        Walk.indices(List.of(other.low(), other.high())).contains(loop));
    }
}
