package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import dev.gradc.lower.place.Scope.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives variables to the values that deserve one and finds their places. A value deserves a variable if several expressions use it, if
 * it stands still while a loop runs, if the program names it, or if the line would become too long. Its place is the innermost
 * block that holds all its uses, so that one side of a selection alone pays for what only it needs; from there it moves out
 * of the loops on which it does not depend. What may only be computed under a guard, because it reads an element that may
 * not be there, stays under each of its guards.
 */
public final class Placement {

    /** The longest expression, in characters, that stands in one piece; an estimate. */
    private static final int WIDTH = 88;

    /** Shorter integer expressions are rather written twice than given a variable. */
    private static final int SHORT = 16;

    private final Map<Expr, Local> names;
    private final Map<Expr, Local> hints;
    private final Set<Expr> wanted;
    private final Map<Tensor, Buffer> buffers;

    private final Map<Code, Scope> scopes = new IdentityHashMap<>();
    private final Map<Index, Scope> loopScopes = new HashMap<>();
    private final ExprTable<Value> values = new ExprTable<>();

    /** The elements that take values. */
    private final Map<Expr, Access> elements = new HashMap<>();

    /** The values, operands first. */
    private final List<Value> order = new ArrayList<>();

    /**
     * @param names the values that stand in variables already
     * @param hints the variables that values get if they get one
     * @param wanted the values that must get one, so that the code shows what the program calls by a name
     */
    public Placement(Map<Expr, Local> names, Map<Expr, Local> hints, Set<Expr> wanted, Map<Tensor, Buffer> buffers) {
        this.names = names;
        this.hints = hints;
        this.wanted = wanted;
        this.buffers = buffers;
    }

    public List<Code> place(List<Code> code) {
        Scope top = Scope.whole();
        enter(code, top);
        order.forEach(this::choose);
        enterUses(code, top);
        // Users before what they use.
        for (int i = order.size() - 1; i >= 0; i--) {
            settle(order.get(i));
        }
        order.forEach(Placement::giveBlocks);
        return new PlacedCode(hints, elements, scopes).of(code, top);
    }

    // ---- Uses

    /** Makes the blocks and lists the expressions in them. */
    private void enter(List<Code> code, Scope scope) {
        for (int position = 0; position < code.size(); position++) {
            Code item = code.get(position);
            expressions(item).forEach(this::count);
            if (item instanceof Code.Loop loop) {
                Scope body = Scope.ofLoop(scope, position, runsAtLeastOnce(loop.index()));
                scopes.put(item, body);
                loopScopes.put(loop.index(), body);
                enter(loop.body(), body);
            } else if (item instanceof Code.When when) {
                Scope body = Scope.ofCondition(scope, position);
                scopes.put(item, body);
                enter(when.body(), body);
            } else if (item instanceof Code.Store store && store.combine() == Combine.ASSIGN) {
                elements.putIfAbsent(store.value(), store.element());
            }
        }
    }

    private void enterUses(List<Code> code, Scope scope) {
        for (int position = 0; position < code.size(); position++) {
            Code item = code.get(position);
            // What a statement needs is computed before the comment on it.
            boolean commented = position > 0 && code.get(position - 1) instanceof Code.Heading;
            Site site = new Site(scope, commented ? position - 1 : position);
            expressions(item).forEach(root -> use(values.get(root), site));
            if (item instanceof Code.Loop loop) {
                enterUses(loop.body(), scopes.get(item));
            } else if (item instanceof Code.When when) {
                enterUses(when.body(), scopes.get(item));
            }
        }
    }

    /** What a statement computes, without the statements inside; bounds of loops and subscripts are written where they stand. */
    private static List<Expr> expressions(Code item) {
        if (item instanceof Code.When when) {
            return List.of(when.condition());
        } else if (item instanceof Code.Let let) {
            return List.of(let.value());
        } else if (item instanceof Code.Variable variable) {
            return List.of(variable.value());
        } else if (item instanceof Code.Gather gather) {
            return List.of(gather.value());
        } else if (item instanceof Code.GatherPosition gather) {
            // It stands in a comparison and in an assignment.
            return List.of(gather.value(), gather.value());
        } else if (item instanceof Code.Store store) {
            return List.of(store.value());
        } else if (item instanceof Code.Together together) {
            return together.stores().stream().map(Code.Store::value).toList();
        } else if (item instanceof Code.Return result) {
            return List.of(result.value());
        }
        return List.of();
    }

    /** Whether it is certain: by its bounds, or since it goes over a batch, which is never empty. */
    private static boolean runsAtLeastOnce(Index index) {
        boolean overBatch = index.low() == Constant.ZERO
                && index.high() instanceof Access access
                && access.tensor().role() == Tensor.Role.SIZE;
        return overBatch
                || IntegerRange.of(index.low()).high()
                        < IntegerRange.of(index.high()).low();
    }

    /** The value of {@code node}, which has one more use. */
    private Value count(Expr node) {
        Value value = values.get(node);
        if (value == null) {
            Local local = names.get(node);
            List<Expr> parts = local != null || node instanceof Access ? List.of() : node.children();
            List<Value> operands = new ArrayList<>(parts.size());
            for (Expr part : parts) {
                operands.add(count(part));
            }
            if (!operands.isEmpty() && node instanceof Select && Types.of(node) == Local.Type.REAL) {
                operands.get(0).selections++;
            }
            value = new Value(node, operands, order.size(), local);
            values.put(node, value);
            order.add(value);
        }
        value.uses++;
        return value;
    }

    // ---- Which values get variables

    private void choose(Value value) {
        value.need = need(value);
        value.outside = GuardedReads.in(value);
        value.width = value.measure();
        if ((value.uses > 1 || wanted.contains(value.node)) && isWorthAVariable(value)) {
            value.isNamed = true;
        }
        // Cut the widest operands off until the rest fits.
        while (value.width > WIDTH) {
            Value widest = null;
            for (Value operand : value.operands) {
                if (!operand.isNamed && operand.isComputed() && (widest == null || operand.width > widest.width)) {
                    widest = operand;
                }
            }
            if (widest == null) {
                break;
            }
            widest.isNamed = true;
            value.width = value.measure();
        }
    }

    private int need(Value value) {
        int need = 0;
        if (value.node instanceof Access access && access.tensor().rank() > 0) {
            for (Index index : Walk.indices(access.subscripts())) {
                need = Math.max(need, depth(index));
            }
        } else if (value.node instanceof Index index) {
            need = depth(index);
        }
        for (Value operand : value.operands) {
            need = Math.max(need, operand.need);
        }
        return need;
    }

    private int depth(Index index) {
        Scope scope = loopScopes.get(index);
        return scope == null ? 0 : scope.depth;
    }

    private boolean isWorthAVariable(Value value) {
        return !value.isGiven
                && (isLoad(value) || value.isComputed() && !(value.width < SHORT && Types.isInteger(value.node)));
    }

    /** Whether it is read from an array. */
    private boolean isLoad(Value value) {
        if (!(value.node instanceof Access access) || value.isGiven) {
            return false;
        }
        Tensor tensor = access.tensor();
        Buffer buffer = buffers.get(tensor);
        return buffer == null ? tensor.rank() > 0 : !buffer.isScalar();
    }

    // ---- Where they get them

    private static void use(Value value, Site site) {
        if (value.sites.isEmpty() || value.isGuarded()) {
            value.sites.add(site);
        } else {
            value.sites.set(0, Site.common(value.sites.get(0), site));
        }
    }

    /** Fixes the places of {@code value}, all of whose uses are known, and passes them on to its operands. */
    private void settle(Value value) {
        if (value.isGiven) {
            return;
        }
        List<Site> places = value.isGuarded() ? underGuards(value.sites) : value.sites;
        value.sites = new ArrayList<>(places.size());
        for (Site place : places) {
            Site outer = outOfLoops(value, place);
            value.isNamed |= outer.scope() != place.scope();
            value.sites.add(outer);
        }
        for (Site place : value.sites) {
            if (value.isNamed) {
                place.scope().add(value, place.position());
            }
            passOn(value, place);
        }
    }

    /** The fewest places under which every use lies and each of which needs the value itself whenever it is reached. */
    private static List<Site> underGuards(List<Site> uses) {
        Site common = uses.stream().reduce(Site::common).orElseThrow();
        Map<Scope, List<Site>> groups = new LinkedHashMap<>();
        for (Site use : uses) {
            Scope entry = null;
            Site at = use;
            while (at.scope() != common.scope()) {
                if (!at.scope().certain) {
                    entry = at.scope();
                }
                at = at.outside();
            }
            if (entry == null) {
                return List.of(common);
            }
            groups.computeIfAbsent(entry, key -> new ArrayList<>()).add(use);
        }
        List<Site> places = new ArrayList<>();
        groups.values().forEach(group -> places.addAll(underGuards(group)));
        return places;
    }

    private static void passOn(Value value, Site site) {
        if (!value.isSelective()) {
            value.operands.forEach(operand -> use(operand, site));
            return;
        }
        Value.Sides sides = value.sides(site);
        use(value.operands.get(0), site);
        use(value.operands.get(1), new Site(sides.then(), 0));
        if (value.operands.size() > 2) {
            use(value.operands.get(2), new Site(sides.otherwise(), 0));
        }
    }

    private Site outOfLoops(Value value, Site site) {
        Site outer = site;
        while (outer.scope().parent != null
                && outer.scope().certain
                && value.need < outer.scope().depth
                && mayMove(value)) {
            outer = outer.outside();
        }
        return outer;
    }

    private boolean mayMove(Value value) {
        return (isLoad(value) || value.isComputed()) && Types.of(value.node) == Local.Type.REAL;
    }

    /** A selection one of whose sides needs statements becomes statements itself. */
    private static void giveBlocks(Value value) {
        for (Site site : value.sites) {
            if (value.hasBlocks(site.scope())) {
                site.scope().add(value, site.position());
            }
        }
    }
}
