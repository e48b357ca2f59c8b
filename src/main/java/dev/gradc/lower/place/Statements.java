package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Block;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import dev.gradc.lower.nest.Item;
import dev.gradc.lower.nest.NestedLoop;
import dev.gradc.lower.nest.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns the steps of a nest into statements. Where a value has just been computed, the expression or the variable takes the place
 * of the element that it was stored to; so a definition that nothing else needs leaves no statement of its own.
 */
public final class Statements {

    private final Map<Tensor, Buffer> buffers;
    private final Set<Tensor> kept;

    /** Those that are filled in parts: an element of theirs is not the value of one expression. */
    private final Set<Tensor> shared;

    private final Map<Expr, Expr> forwarded = new HashMap<>();
    private final Rewrite rewrite = new Rewrite(this::rewrite);

    /** The variables of reductions, by the element that they gather. */
    private final Map<Expr, Local> names = new LinkedHashMap<>();

    /** The variable that gathers, until the element has its value. */
    private final Map<Expr, Local> gathering = new HashMap<>();

    /** The variable that gathers the greatest value itself, of a reduction for its position. */
    private final Map<Local, Local> greatestOf = new HashMap<>();

    /** What a value would like to be called if it gets a variable. */
    private final Map<Expr, Local> hints = new LinkedHashMap<>();

    /** The values that the program calls by a name and that nothing stores. */
    private final Set<Expr> wanted = new HashSet<>();

    /** The values that are computed anyway, as arrays keep them. */
    private final Set<Expr> stored = new HashSet<>();

    /** @param shared the tensors that several definitions or steps fill */
    public Statements(Set<Tensor> shared, Map<Tensor, Buffer> buffers, Set<Tensor> kept) {
        this.shared = new HashSet<>(shared);
        this.buffers = buffers;
        this.kept = kept;
    }

    public Map<Expr, Local> names() {
        return names;
    }

    public Map<Expr, Local> hints() {
        return hints;
    }

    public Set<Expr> wanted() {
        return wanted;
    }

    /** Whether {@code tensor} is one variable and no array. */
    private boolean isVariable(Tensor tensor) {
        return buffers.get(tensor).isScalar() && !kept.contains(tensor);
    }

    private Expr rewrite(Expr node) {
        Expr value = forwarded.get(node);
        return value == null ? Tidy.node(node) : value;
    }

    public List<Code> of(List<Item> items) {
        List<Code> code = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof NestedLoop loop) {
                List<Code> body = of(loop.items);
                if (!body.isEmpty()) {
                    code.add(new Code.Loop(loop.index, loop.order == NestedLoop.Order.DESCENDING ? -1 : 1, body));
                }
            } else {
                add((Step) item, code);
            }
        }
        return code;
    }

    /** Returns a scalar; its value needs no variable for that. */
    public Code result(Tensor scalar) {
        Expr value = rewrite.apply(Access.of(scalar));
        wanted.remove(value);
        return new Code.Return(value);
    }

    private void add(Step step, List<Code> code) {
        Definition definition = step.definition();
        switch (step.kind()) {
            case CLEAR -> clear(step, code);
            case BEGIN -> begin(definition, code);
            case RESUME -> resume(definition, code);
            case GATHER -> gather(definition, code);
            case FINISH, FINISH_ADDING -> finish(definition, step.kind() == Step.Kind.FINISH_ADDING, code);
            case STORE -> store(definition, code);
            case ADD -> {
                code.add(new Code.Heading(definition));
                put(definition, definition.combine(), rewrite.apply(definition.body()), code);
            }
            case BLOCK, BLOCK_ADDING -> {
                Block block = step.block().orElseThrow();
                Code statement = block.code(step.kind() == Step.Kind.BLOCK_ADDING);
                code.add(new Code.Heading(definition));
                code.add(block.guard()
                        .<Code>map(guard -> new Code.When(rewrite.apply(guard), List.of(statement)))
                        .orElse(statement));
            }
        }
    }

    private void clear(Step step, List<Code> code) {
        Tensor target = step.definition().target();
        if (isVariable(target)) {
            Local variable = variable(step.definition());
            names.put(step.definition().element(), variable);
            code.add(new Code.Start(variable, Combine.SUM));
        } else {
            code.add(new Code.Clear(target, step.prefix()));
        }
    }

    private void begin(Definition definition, List<Code> code) {
        Local variable = variable(definition);
        code.add(new Code.Heading(definition));
        code.add(new Code.Start(variable, definition.combine()));
        gathering.put(definition.element(), variable);
        if (definition.combine() == Combine.ARGMAX) {
            Local greatest = new Local("greatest", Local.Type.REAL, List.of());
            code.add(new Code.Start(greatest, Combine.MAX));
            greatestOf.put(variable, greatest);
        }
    }

    private void resume(Definition definition, List<Code> code) {
        Local variable = variable(definition);
        code.add(new Code.Heading(definition));
        code.add(new Code.Resume(variable, definition.element()));
        gathering.put(definition.element(), variable);
        shared.add(definition.target());
    }

    private Local variable(Definition definition) {
        boolean position = definition.combine() == Combine.ARGMAX;
        Tensor target = definition.target();
        String hint = isVariable(target) ? target.name() : Hints.element(definition.element());
        return new Local(
                isVariable(target) || target.rank() > 0 ? hint : target.name() + "Sum",
                position ? Local.Type.INTEGER : Local.Type.REAL,
                List.of(definition));
    }

    private void gather(Definition definition, List<Code> code) {
        Local variable = gathering.get(definition.element());
        Expr value = rewrite.apply(definition.body());
        if (definition.combine() == Combine.ARGMAX) {
            code.add(new Code.GatherPosition(variable, greatestOf.get(variable), value, position(definition)));
        } else {
            code.add(guarded(definition.combine(), value, v -> new Code.Gather(variable, definition.combine(), v)));
        }
    }

    /** Adds a value, or nothing where a selection would only add 0. */
    private Code guarded(Combine combine, Expr value, Function<Expr, Code> add) {
        return isGuarded(combine, value)
                ? new Code.When(((Select) value).condition(), List.of(add.apply(((Select) value).then())))
                : add.apply(value);
    }

    /**
     * Whether adding {@code value} is better left out where it is 0; if it is there anyway, or nobody can guess, a branch costs more than
     * it saves.
     */
    private boolean isGuarded(Combine combine, Expr value) {
        return combine == Combine.SUM
                && value instanceof Select select
                && select.otherwise() == Constant.ZERO
                && !stored.contains(value)
                && !Types.isToss(select.condition());
    }

    /** Which one of the reduced iterations is at hand, counted row by row from 0. */
    private static Expr position(Definition definition) {
        Expr position = Constant.ZERO;
        for (Index loop : definition.reduced()) {
            Expr extent = minus(loop.high(), loop.low());
            Expr before = position == Constant.ZERO ? position : Call.of(Operator.MULTIPLY, position, extent);
            Expr here = minus(loop, loop.low());
            position = before == Constant.ZERO ? here : Call.of(Operator.ADD, before, here);
        }
        return position;
    }

    private static Expr minus(Expr a, Expr b) {
        return b == Constant.ZERO ? a : Call.of(Operator.SUBTRACT, a, b);
    }

    private void finish(Definition definition, boolean adds, List<Code> code) {
        Tensor target = definition.target();
        Access element = definition.element();
        Local variable = gathering.get(element);
        if (!adds && !shared.contains(target)) {
            names.put(element, variable);
            if (!isVariable(target)) {
                code.add(new Code.Store(element, Combine.ASSIGN, element));
            }
            return;
        }
        if (!adds && isVariable(target)) {
            names.put(element, variable);
            return;
        }
        // The element is not yet complete: the variable stands for its part only under a name of its own.
        Expr part = Access.of(Tensor.derived(target.name(), Shape.SCALAR));
        names.put(part, variable);
        put(definition, adds ? Combine.SUM : Combine.ASSIGN, part, code);
    }

    private void store(Definition definition, List<Code> code) {
        Expr value = rewrite.apply(definition.body());
        Tensor target = definition.target();
        if (!shared.contains(target)) {
            forwarded.put(definition.element(), value);
            boolean variable = isVariable(target);
            String hint = variable ? target.name() : Hints.element(definition.element());
            hints.putIfAbsent(value, new Local(hint, Types.of(value), variable ? List.of(definition) : List.of()));
            if (variable) {
                boolean computed = value instanceof Call || value instanceof Select;
                if (computed && !definition.note().isBlank()) {
                    wanted.add(value);
                }
                return;
            }
        }
        code.add(new Code.Heading(definition));
        put(definition, Combine.ASSIGN, value, code);
        stored.add(value);
    }

    private void put(Definition definition, Combine combine, Expr value, List<Code> code) {
        Access element = definition.element();
        if (isVariable(definition.target())) {
            Local variable = names.get(element);
            if (variable == null) {
                variable = variable(definition);
                names.put(element, variable);
                code.add(new Code.Variable(variable, value));
            } else {
                code.add(new Code.Gather(variable, combine, value));
            }
            return;
        }
        List<Expr> subscripts = rewrite.apply(element.subscripts());
        if (isGuarded(combine, value)) {
            // The adjoint of a guarded read: where the guard excludes the read, there is nothing to add.
            Select select = (Select) value;
            Expr guard = select.condition();
            List<Expr> guarded = subscripts.stream()
                    .map(s -> s instanceof Select inner && inner.condition() == guard ? inner.then() : s)
                    .toList();
            Code store = new Code.Store(Access.of(element.tensor(), guarded), combine, select.then());
            code.add(new Code.When(guard, List.of(store)));
            return;
        }
        code.add(new Code.Store(Access.of(element.tensor(), subscripts), combine, value));
    }
}
