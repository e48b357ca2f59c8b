package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.KnownRanges;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
final class Placement {

    /** The longest expression, in characters, that stands in one piece; an estimate. */
    private static final int WIDTH = 88;

    /** Shorter integer expressions are rather written twice than given a variable. */
    private static final int SHORT = 16;

    /** A block of statements: the body of a loop or of a condition, one side of a selection, or the whole. */
    private static final class Scope {
        final Scope parent;
        final int position;
        final int depth;

        /** Whether it runs whenever the outer block does: it is the body of a loop that runs at least once. */
        final boolean certain;

        /** The values that get their variable before the statement of this number. */
        final Map<Integer, Set<Expr>> lets = new HashMap<>();

        Scope(Scope parent, int position, boolean certain) {
            this.parent = parent;
            this.position = position;
            this.certain = certain;
            depth = parent == null ? 0 : parent.depth + 1;
        }
    }

    /** Before which statement of which block a value is used. */
    private record Site(Scope scope, int position) {

        Site outside() {
            return new Site(scope.parent, scope.position);
        }

        /** The innermost site from which both can be reached. */
        static Site common(Site a, Site b) {
            while (a.scope != b.scope) {
                if (a.scope.depth >= b.scope.depth) {
                    a = a.outside();
                } else {
                    b = b.outside();
                }
            }
            return a.position <= b.position ? a : b;
        }
    }

    /** A value at one of its places. */
    private record Place(Expr node, Scope scope) {}

    /** The variables of reductions. */
    private final Map<Expr, Local> names;

    private final Map<Expr, Local> hints;
    private final Set<Expr> wanted;
    private final Map<Tensor, Buffer> buffers;

    private final Map<Code, Scope> scopes = new IdentityHashMap<>();
    private final Map<Index, Scope> loopScopes = new HashMap<>();
    private final List<Expr> roots = new ArrayList<>();

    private final Map<Expr, Integer> uses = new HashMap<>();
    private final Map<Expr, Integer> widths = new HashMap<>();
    private final Map<Expr, Integer> order = new HashMap<>();

    /** For each value the depth of the outermost block in which it makes sense: that of the last loop whose index it reads. */
    private final Map<Expr, Integer> needs = new HashMap<>();

    /** The values that must not be computed where their guard does not hold, with the elements that would then be read. */
    private final Map<Expr, Set<Access>> guarded = new HashMap<>();

    /** The values that get variables. */
    private final Set<Expr> named = new HashSet<>();

    /** Where values are used, then where they are computed; of one that is not guarded only their common site. */
    private final Map<Expr, List<Site>> sites = new HashMap<>();

    /** The blocks of the sides of selections, and of the second operands of {@code &&} and {@code ||}. */
    private final Map<Place, Scope> thenScopes = new HashMap<>();

    private final Map<Place, Scope> otherwiseScopes = new HashMap<>();

    /** What variables are called, for those that are called after them. */
    private final Map<Expr, Local> locals = new HashMap<>();

    /**
     * @param names the values that stand in variables already
     * @param hints the variables that values get if they get one
     * @param wanted the values that must get one, so that the code shows what the program calls by a name
     */
    Placement(Map<Expr, Local> names, Map<Expr, Local> hints, Set<Expr> wanted, Map<Tensor, Buffer> buffers) {
        this.names = names;
        this.hints = hints;
        this.wanted = wanted;
        this.buffers = buffers;
        locals.putAll(names);
    }

    List<Code> place(List<Code> code) {
        Scope top = new Scope(null, 0, true);
        enter(code, top);
        List<Expr> nodes = postOrder();
        for (int i = 0; i < nodes.size(); i++) {
            order.put(nodes.get(i), i);
            choose(nodes.get(i));
        }
        // Users before what they use.
        enterUses(code, top);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            settle(nodes.get(i));
        }
        nodes.forEach(this::giveBlocks);
        return emit(code, top);
    }

    // ---- Uses

    /** Makes the blocks and lists the expressions in them. */
    private void enter(List<Code> code, Scope scope) {
        for (int position = 0; position < code.size(); position++) {
            Code item = code.get(position);
            roots.addAll(expressions(item));
            if (item instanceof Code.Loop loop) {
                Scope body = new Scope(scope, position, runsAtLeastOnce(loop.index()));
                scopes.put(item, body);
                loopScopes.put(loop.index(), body);
                enter(loop.body(), body);
            } else if (item instanceof Code.When when) {
                Scope body = new Scope(scope, position, false);
                scopes.put(item, body);
                enter(when.body(), body);
            }
        }
    }

    private void enterUses(List<Code> code, Scope scope) {
        for (int position = 0; position < code.size(); position++) {
            Code item = code.get(position);
            // What a statement needs is computed before the comment on it.
            boolean commented = position > 0 && code.get(position - 1) instanceof Code.Heading;
            Site site = new Site(scope, commented ? position - 1 : position);
            expressions(item).forEach(root -> use(root, site));
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

    /** Whether it is certain: of constant bounds, and of a batch, which is never empty. */
    private static boolean runsAtLeastOnce(Index index) {
        if (!(index.low() instanceof Constant low)) {
            return false;
        }
        return index.high() instanceof Constant high
                ? low.value() < high.value()
                : index.high() instanceof Access access
                        && access.tensor().role() == Tensor.Role.SIZE
                        && low.value() == 0;
    }

    /** What is computed in order to compute {@code node}. */
    private List<Expr> operands(Expr node) {
        return names.containsKey(node) || node instanceof Access ? List.of() : node.children();
    }

    /** All nodes, operands first; without recursion, as expressions may be deep. */
    private List<Expr> postOrder() {
        List<Expr> nodes = new ArrayList<>();
        Set<Expr> seen = new HashSet<>();
        List<Expr> stack = new ArrayList<>();
        for (Expr root : roots) {
            uses.merge(root, 1, Integer::sum);
            stack.add(root);
            while (!stack.isEmpty()) {
                Expr node = stack.get(stack.size() - 1);
                if (seen.contains(node)) {
                    stack.remove(stack.size() - 1);
                    continue;
                }
                int waiting = stack.size();
                List<Expr> operands = operands(node);
                for (int i = operands.size() - 1; i >= 0; i--) {
                    if (!seen.contains(operands.get(i))) {
                        stack.add(operands.get(i));
                    }
                }
                if (stack.size() == waiting) {
                    stack.remove(stack.size() - 1);
                    seen.add(node);
                    nodes.add(node);
                }
            }
        }
        for (Expr node : nodes) {
            operands(node).forEach(operand -> uses.merge(operand, 1, Integer::sum));
        }
        return nodes;
    }

    // ---- Which values get variables

    private void choose(Expr node) {
        needs.put(node, need(node));
        Set<Access> outside = outside(node);
        if (!outside.isEmpty()) {
            guarded.put(node, outside);
        }
        widths.put(node, width(node));
        if (!names.containsKey(node) && isWorthAVariable(node) && (uses.get(node) > 1 || wanted.contains(node))) {
            named.add(node);
        }
        // Cut the widest operands off until the rest fits.
        while (widths.get(node) > WIDTH) {
            Expr widest = null;
            for (Expr operand : operands(node)) {
                if (!named.contains(operand)
                        && isComputed(operand)
                        && (widest == null || widths.get(operand) > widths.get(widest))) {
                    widest = operand;
                }
            }
            if (widest == null) {
                break;
            }
            named.add(widest);
            widths.put(node, width(node));
        }
    }

    private int need(Expr node) {
        int need = 0;
        if (node instanceof Access) {
            for (Index index : Walk.indices(List.of(node))) {
                need = Math.max(need, depth(index));
            }
        } else if (node instanceof Index index) {
            need = depth(index);
        }
        for (Expr operand : operands(node)) {
            need = Math.max(need, needs.get(operand));
        }
        return need;
    }

    private int depth(Index index) {
        Scope scope = loopScopes.get(index);
        return scope == null ? 0 : scope.depth;
    }

    /** The elements in {@code node} that may not be there, unless selections in it see to that. */
    private Set<Access> outside(Expr node) {
        if (node instanceof Access access) {
            return names.containsKey(node) || isInside(access, Map.of()) ? Set.of() : Set.of(access);
        }
        List<Expr> operands = operands(node);
        if (node instanceof Select select && !operands.isEmpty()) {
            Expr condition = select.condition();
            return union(List.of(
                    outsideOf(condition),
                    outsideWhere(condition, select.then()),
                    outsideWhere(Call.of(Operator.NOT, condition), select.otherwise())));
        } else if (isShortCircuit(node) && !operands.isEmpty()) {
            Expr first = operands.get(0);
            boolean and = ((Call) node).function() == Operator.AND;
            Expr decided = and ? first : Call.of(Operator.NOT, first);
            return union(List.of(outsideOf(first), outsideWhere(decided, operands.get(1))));
        }
        return union(operands.stream().map(this::outsideOf).toList());
    }

    private Set<Access> outsideOf(Expr operand) {
        return guarded.getOrDefault(operand, Set.of());
    }

    /** The same of an operand that is only computed where {@code condition} holds. */
    private Set<Access> outsideWhere(Expr condition, Expr operand) {
        Set<Access> outside = outsideOf(operand);
        if (outside.isEmpty()) {
            return outside;
        }
        Map<Expr, IntegerRange> known = KnownRanges.where(List.of(condition));
        Set<Access> left = new HashSet<>(outside);
        left.removeIf(access -> isInside(access, known));
        return left;
    }

    /** All of {@code sets}; the set itself if only one has elements. */
    private static Set<Access> union(List<Set<Access>> sets) {
        List<Set<Access>> filled = sets.stream().filter(set -> !set.isEmpty()).toList();
        if (filled.size() < 2) {
            return filled.isEmpty() ? Set.of() : filled.get(0);
        }
        Set<Access> union = new HashSet<>();
        filled.forEach(union::addAll);
        return union;
    }

    private static boolean isInside(Access access, Map<Expr, IntegerRange> known) {
        for (int axis = 0; axis < access.subscripts().size(); axis++) {
            Expr subscript = access.subscripts().get(axis);
            Expr extent = access.tensor().shape().extent(axis);
            boolean wholeAxis =
                    subscript instanceof Index index && index.low() == Constant.ZERO && index.high() == extent;
            if (!wholeAxis) {
                IntegerRange range = IntegerRange.of(subscript, known);
                if (range.low() < 0 || range.high() >= IntegerRange.of(extent).low()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isComputed(Expr node) {
        return node instanceof Call || node instanceof Select;
    }

    private boolean isWorthAVariable(Expr node) {
        return isComputed(node) && !(widths.get(node) < SHORT && Types.isInteger(node)) || isLoad(node);
    }

    /** Whether it is read from an array. */
    private boolean isLoad(Expr node) {
        if (!(node instanceof Access access) || names.containsKey(node)) {
            return false;
        }
        Tensor tensor = access.tensor();
        Buffer buffer = buffers.get(tensor);
        return buffer != null
                ? !buffer.isScalar()
                : tensor.rank() > 0 || tensor.role() == Tensor.Role.PARAMETER || tensor.role() == Tensor.Role.STATE;
    }

    private int width(Expr node) {
        if (names.containsKey(node)) {
            return Math.max(2, names.get(node).hint().length());
        }
        if (node instanceof Constant constant) {
            return constant.isInteger()
                    ? Integer.toString((int) constant.value()).length()
                    : 8;
        }
        if (node instanceof Index index) {
            return index.name().length();
        }
        if (node instanceof Access access) {
            return access.tensor().name().length() + 6 * access.subscripts().size();
        }
        List<Expr> operands = operands(node);
        int width = 3 * (operands.size() - 1);
        if (!(node instanceof Call call
                && call.function() instanceof Operator operator
                && operator != Operator.POWER)) {
            width += node instanceof Call call ? call.function().symbol().length() + 7 : 2;
        }
        for (Expr operand : operands) {
            width += named.contains(operand) ? 5 : widths.get(operand);
        }
        return width;
    }

    // ---- Where they get them

    private void use(Expr node, Site site) {
        List<Site> known = sites.computeIfAbsent(node, key -> new ArrayList<>(1));
        if (known.isEmpty() || guarded.containsKey(node)) {
            known.add(site);
        } else {
            known.set(0, Site.common(known.get(0), site));
        }
    }

    /** Fixes the places of {@code node}, all of whose uses are known, and passes them on to its operands. */
    private void settle(Expr node) {
        if (names.containsKey(node)) {
            return;
        }
        List<Site> places = new ArrayList<>();
        for (Site place : guarded.containsKey(node) ? underGuards(sites.get(node)) : sites.get(node)) {
            Site outer = outOfLoops(node, place);
            if (outer.scope != place.scope) {
                named.add(node);
            }
            places.add(outer);
        }
        sites.put(node, places);
        for (Site place : places) {
            if (named.contains(node)) {
                addLet(node, place);
            }
            passOn(node, place);
        }
    }

    /** The fewest places under which every use lies and each of which needs the value itself whenever it is reached. */
    private static List<Site> underGuards(List<Site> uses) {
        Site common = uses.stream().reduce(Site::common).orElseThrow();
        Map<Scope, List<Site>> groups = new LinkedHashMap<>();
        for (Site use : uses) {
            Scope entry = null;
            Site at = use;
            while (at.scope != common.scope) {
                if (!at.scope.certain) {
                    entry = at.scope;
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

    private void passOn(Expr node, Site site) {
        List<Expr> operands = operands(node);
        if (node instanceof Select select) {
            use(select.condition(), site);
            use(select.then(), new Site(inner(thenScopes, node, site), 0));
            use(select.otherwise(), new Site(inner(otherwiseScopes, node, site), 0));
        } else if (isShortCircuit(node)) {
            use(operands.get(0), site);
            use(operands.get(1), new Site(inner(thenScopes, node, site), 0));
        } else {
            operands.forEach(operand -> use(operand, site));
        }
    }

    private static Scope inner(Map<Place, Scope> scopes, Expr node, Site site) {
        return scopes.computeIfAbsent(new Place(node, site.scope), key -> new Scope(site.scope, site.position, false));
    }

    private static boolean isShortCircuit(Expr node) {
        return node instanceof Call call && (call.function() == Operator.AND || call.function() == Operator.OR);
    }

    private Site outOfLoops(Expr node, Site site) {
        boolean moves = (isLoad(node) || isComputed(node)) && Types.of(node) == Local.Type.REAL;
        Site outer = site;
        while (moves && outer.scope.parent != null && outer.scope.certain && needs.get(node) < outer.scope.depth) {
            outer = outer.outside();
        }
        return outer;
    }

    private static void addLet(Expr node, Site site) {
        site.scope.lets.computeIfAbsent(site.position, p -> new HashSet<>()).add(node);
    }

    /** A selection one of whose sides needs statements becomes statements itself. */
    private void giveBlocks(Expr node) {
        if (!names.containsKey(node)) {
            for (Site site : sites.get(node)) {
                if (hasBlocks(new Place(node, site.scope))) {
                    addLet(node, site);
                }
            }
        }
    }

    private boolean hasBlocks(Place place) {
        return isFilled(thenScopes.get(place)) || isFilled(otherwiseScopes.get(place));
    }

    private static boolean isFilled(Scope scope) {
        return scope != null && !scope.lets.isEmpty();
    }

    // ---- The result

    private List<Code> emit(List<Code> code, Scope scope) {
        List<Code> result = new ArrayList<>();
        for (int position = 0; position < code.size(); position++) {
            result.addAll(lets(scope, position));
            Code item = code.get(position);
            if (item instanceof Code.Loop loop) {
                result.add(new Code.Loop(loop.index(), loop.descending(), emit(loop.body(), scopes.get(item))));
            } else if (item instanceof Code.When when) {
                result.add(new Code.When(when.condition(), emit(when.body(), scopes.get(item))));
            } else {
                result.add(item);
            }
        }
        return result;
    }

    private List<Code> lets(Scope scope, int position) {
        return scope.lets.getOrDefault(position, Set.of()).stream()
                .sorted(Comparator.comparing(order::get))
                .map(node -> let(new Place(node, scope)))
                .toList();
    }

    private Code let(Place place) {
        Expr node = place.node;
        Local local = hints.get(node);
        if (local == null) {
            local = new Local(Hints.of(node, locals), Types.of(node), List.of());
        }
        locals.put(node, local);
        if (!hasBlocks(place)) {
            return new Code.Let(local, node);
        }
        if (node instanceof Select select) {
            return new Code.Choose(
                    local,
                    node,
                    select.condition(),
                    branch(thenScopes.get(place), select.then()),
                    branch(otherwiseScopes.get(place), select.otherwise()));
        }
        Call call = (Call) node;
        Code.Branch second = branch(thenScopes.get(place), call.argument(1));
        return call.function() == Operator.AND
                ? new Code.Choose(local, node, call.argument(0), second, new Code.Branch(List.of(), Constant.ZERO))
                : new Code.Choose(local, node, call.argument(0), new Code.Branch(List.of(), Constant.ONE), second);
    }

    private Code.Branch branch(Scope scope, Expr value) {
        return new Code.Branch(lets(scope, 0), value);
    }
}
