package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Unrolls a small program: every entry of its results becomes one definition without loops, whose body reads elements of the
 * arguments only. What entries have in common stays shared, and what is structurally 0 vanishes from derivatives. Sums keep their
 * order.
 */
public final class Scalarization {

    /** More steps than this are not unrolled: the loops are the better code then. */
    private static final int LIMIT = 50_000;

    private final Map<Combine, Function> extrema;
    private final Map<Tensor, Expr[]> entries = new HashMap<>();
    private final Map<Index, Constant> place = new HashMap<>();
    private int steps;

    private Scalarization(Map<Combine, Function> extrema) {
        this.extrema = extrema;
    }

    /** Says that a program cannot be unrolled, or is too large. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal() {
            super(null, null, false, false);
        }
    }

    /**
     * The program without loops; empty if it is too large or reads at places that depend on data.
     *
     * @param extrema the functions of two arguments that stand for {@link Combine#MAX} and {@link Combine#MIN}
     */
    public static Optional<Program> apply(Program program, Map<Combine, Function> extrema) {
        try {
            return Optional.of(new Scalarization(extrema).unrolled(program));
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    private Program unrolled(Program program) {
        for (Definition definition : program.definitions()) {
            if (!definition.target().shape().isStatic()
                    || definition.target().shape().entries() > LIMIT) {
                throw new Refusal();
            }
            entries.computeIfAbsent(
                    definition.target(), target -> new Expr[target.shape().size()]);
        }
        define(program.definitions(), 0);
        List<Definition> definitions = new ArrayList<>();
        for (Tensor result : program.results()) {
            Expr[] values = entries.getOrDefault(result, new Expr[0]);
            for (int i = 0; i < values.length; i++) {
                Expr body = values[i] == null ? Constant.ZERO : values[i];
                definitions.add(
                        new Definition(result, subscripts(i, result.shape()), Combine.ASSIGN, List.of(), body, ""));
            }
        }
        return program.withDefinitions(definitions);
    }

    /** Definitions that stand in {@code depth} loops through time, whose times are known. */
    private void define(List<Definition> definitions, int depth) {
        for (List<Definition> run : Recurrence.runs(definitions, depth)) {
            Optional<Recurrence> recurrence = Recurrence.at(run.get(0), depth);
            if (recurrence.isEmpty()) {
                define(run.get(0));
            } else {
                throughTime(run, recurrence.get(), depth + 1);
            }
        }
    }

    private void throughTime(List<Definition> run, Recurrence recurrence, int depth) {
        int low = bound(recurrence.time().low());
        int high = bound(recurrence.time().high());
        for (int step = 0; step < high - low; step++) {
            int time = recurrence.descending() ? high - 1 - step : low + step;
            place.put(recurrence.time(), Constant.of(time));
            define(run, depth);
        }
    }

    private void define(Definition definition) {
        if (definition.combine() == Combine.ARGMAX) {
            throw new Refusal();
        }
        Map<Integer, Expr> gathered = new LinkedHashMap<>();
        loop(definition, 0, gathered);
        Expr[] target = entries.get(definition.target());
        ofNothing(definition.combine())
                .ifPresent(value -> Arrays.setAll(target, entry -> target[entry] == null ? value : target[entry]));
        gathered.forEach((entry, value) -> {
            boolean adds = definition.combine() == Combine.SUM && target[entry] != null;
            target[entry] = adds ? Call.of(Operator.ADD, target[entry], value) : value;
        });
    }

    /** What stands where there is nothing to bring together, if it is not 0. */
    private static Optional<Expr> ofNothing(Combine combine) {
        return switch (combine) {
            case PRODUCT -> Optional.of(Constant.ONE);
            case MAX -> Optional.of(Constant.of(Double.NEGATIVE_INFINITY));
            case MIN -> Optional.of(Constant.of(Double.POSITIVE_INFINITY));
            case ASSIGN, SUM, ARGMAX -> Optional.empty();
        };
    }

    private void loop(Definition definition, int depth, Map<Integer, Expr> gathered) {
        if (depth == definition.loops().size()) {
            int entry = flat(definition.subscripts(), definition.target().shape(), new IdentityHashMap<>());
            Expr value = new Body().value(definition.body());
            gathered.merge(entry, value, (before, next) -> combined(definition.combine(), before, next));
            return;
        }
        Index index = definition.loops().get(depth);
        int high = bound(index.high());
        for (int i = bound(index.low()); i < high; i++) {
            place.put(index, Constant.of(i));
            loop(definition, depth + 1, gathered);
        }
    }

    private Expr combined(Combine combine, Expr before, Expr next) {
        return switch (combine) {
            case ASSIGN -> next;
            case SUM -> Call.of(Operator.ADD, before, next);
            case PRODUCT -> Call.of(Operator.MULTIPLY, before, next);
            case MAX, MIN -> Call.of(extrema.get(combine), before, next);
            case ARGMAX -> throw new Refusal();
        };
    }

    private int bound(Expr expression) {
        return integer(new Body().value(expression));
    }

    private static int integer(Expr expression) {
        if (expression instanceof Constant constant && constant.isInteger()) {
            return (int) constant.value();
        }
        throw new Refusal();
    }

    private int flat(List<Expr> subscripts, Shape shape, Map<Expr, Expr> done) {
        Body body = new Body(done);
        int flat = 0;
        for (int axis = 0; axis < subscripts.size(); axis++) {
            int subscript = integer(body.value(subscripts.get(axis)));
            if (subscript < 0 || subscript >= shape.size(axis)) {
                throw new Refusal();
            }
            flat = flat * shape.size(axis) + subscript;
        }
        return flat;
    }

    private static List<Expr> subscripts(int flat, Shape shape) {
        Expr[] subscripts = new Expr[shape.rank()];
        int rest = flat;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            subscripts[axis] = Constant.of(rest % shape.size(axis));
            rest /= shape.size(axis);
        }
        return List.of(subscripts);
    }

    /** One body with its indices at one place; a side of a selection that is known not to be taken is not looked at. */
    private final class Body {

        private final Map<Expr, Expr> done;

        Body() {
            this(new IdentityHashMap<>());
        }

        Body(Map<Expr, Expr> done) {
            this.done = done;
        }

        Expr value(Expr expression) {
            Expr known = done.get(expression);
            if (known == null) {
                if (++steps > LIMIT) {
                    throw new Refusal();
                }
                known = work(expression);
                done.put(expression, known);
            }
            return known;
        }

        private Expr work(Expr expression) {
            if (expression instanceof Index index) {
                return place.get(index);
            } else if (expression instanceof Access access) {
                return read(access);
            } else if (expression instanceof Select select) {
                Expr condition = value(select.condition());
                if (condition instanceof Constant constant) {
                    return value(constant.value() != 0 ? select.then() : select.otherwise());
                }
                return Select.of(condition, value(select.then()), value(select.otherwise()));
            } else if (expression instanceof Call call) {
                return call(call);
            }
            return expression;
        }

        private Expr call(Call call) {
            if (call.function() == Operator.AND || call.function() == Operator.OR) {
                Expr left = value(call.argument(0));
                if (left instanceof Constant constant) {
                    boolean decides = (constant.value() != 0) == (call.function() == Operator.OR);
                    return decides ? left : value(call.argument(1));
                }
            }
            List<Expr> arguments = new ArrayList<>();
            call.arguments().forEach(argument -> arguments.add(value(argument)));
            return Folding.fold(Call.of(call.function(), arguments));
        }

        private Expr read(Access access) {
            Tensor tensor = access.tensor();
            Expr[] values = entries.get(tensor);
            int flat = flat(access.subscripts(), tensor.shape(), done);
            if (values == null) {
                return Access.of(tensor, subscripts(flat, tensor.shape()));
            }
            return values[flat] == null ? Constant.ZERO : values[flat];
        }
    }

    /** The number of distinct calls and selections in a program's bodies: what straight-line code has to compute. */
    public static long size(Program program) {
        return size(program.definitions().stream().map(Definition::body).toList());
    }

    /** About how many operations a program with loops takes: those of its bodies in every round of their loops. */
    public static long work(Program program) {
        long work = 0;
        for (Definition definition : program.definitions()) {
            double rounds = 1;
            for (Index loop : definition.loops()) {
                rounds *= IntegerRange.of(loop.high()).high()
                        - IntegerRange.of(loop.low()).low();
            }
            int reduction = definition.reduced().isEmpty() ? 0 : 1;
            work += (long) (rounds * (reduction + size(List.of(definition.body()))));
        }
        return work;
    }

    private static long size(List<Expr> bodies) {
        return Walk.postOrder(bodies).stream()
                .filter(node -> node instanceof Call || node instanceof Select)
                .count();
    }
}
