package dev.gradc.check.scope;

import dev.gradc.check.index.WholeRange;
import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The Wengert list that grows while the body of a function or network is checked. */
public final class Translation {

    private final Diagnostics diagnostics;
    private final List<Definition> definitions = new ArrayList<>();
    private final TakenNames names = new TakenNames();
    private final Set<String> reserved = new HashSet<>();
    private final Map<Expr, List<Expr>> guarded = new HashMap<>();
    private final Set<Tensor> growing = new HashSet<>();
    private final OwnLoops ownLoops = new OwnLoops();
    private Tensor nameless;
    private final Set<String> leftToCalls = new LinkedHashSet<>();

    /** How many attempts have been forgotten, with what they defined. */
    private int forgotten;

    /** What takes back what the attempts under way have done elsewhere, the last first. */
    private final Deque<Runnable> undoing = new ArrayDeque<>();

    private int attempts;

    public Translation(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    public List<Definition> definitions() {
        return definitions;
    }

    /** Keeps names that the source declares from what is inlined before their declarations. */
    public void reserve(Collection<String> declared) {
        reserved.addAll(declared);
    }

    /** {@code wanted}, or the same with a number if it is taken. */
    public String fresh(String wanted) {
        return fresh(wanted, Set.of());
    }

    /** The same for a tensor of {@code context}: what is inlined makes way for what the source declares. */
    public String fresh(String wanted, Context context) {
        return fresh(wanted, context.isInlined() ? reserved : Set.of());
    }

    /** The same for what stands in the source as {@code note}: what has none, as a part of a line, makes way, too. */
    private String fresh(String wanted, String note, Context context) {
        return note.isEmpty() ? fresh(wanted, reserved) : fresh(wanted, context);
    }

    private String fresh(String wanted, Set<String> refused) {
        return names.fresh(wanted, refused);
    }

    /**
     * Notes that {@code expression} should have been an integer that is known, or a function. If it reads a parameter that is a number,
     * only a call can say which: the function is generic.
     */
    public void leaveToCalls(Expr expression) {
        Walk.accesses(expression).stream()
                .map(Access::tensor)
                .filter(tensor -> tensor.role() == Tensor.Role.INPUT && tensor.rank() == 0 && !tensor.isInteger())
                .forEach(tensor -> leftToCalls.add(tensor.name()));
    }

    /** The parameters that have stood where an integer or a function must. */
    public Set<String> leftToCalls() {
        return Set.copyOf(leftToCalls);
    }

    /** Notes that {@code access} stays inside its tensor only where {@code guards} hold. */
    public void reliesOn(Expr access, List<Expr> guards) {
        guarded.put(access, guards);
    }

    /** Works out the lines of a recurrence that defines {@code targets}. */
    public void whileGrowing(Collection<Tensor> targets, Runnable lines) {
        growing.addAll(targets);
        lines.run();
        growing.removeAll(targets);
    }

    /** Whether {@code tensor} is one that the recurrence at hand defines. */
    public boolean isGrowing(Tensor tensor) {
        return growing.contains(tensor);
    }

    /** Whether {@code access} reads a recurrence where a condition on several indices may tell that the entry is an earlier one. */
    public boolean isOrdered(Access access, List<Expr> guards) {
        return isGrowing(access.tensor())
                && guards.stream()
                        .anyMatch(guard -> Walk.indices(List.of(guard)).size() > 1);
    }

    /** Stores {@code array} in a tensor of its own. */
    public Value.Array store(Value.Array array, String name, String note, Context context) {
        return storeOver(array, name, note, context, List.of());
    }

    /** The same with the outermost {@code kept} loops as axes even where the entries do not depend on them. */
    public Value.Array storeOver(Value.Array array, String name, String note, Context context, List<Index> kept) {
        return define(Entries.of(List.of(), array.shape(), array::at), name, note, context, kept);
    }

    /** A nameless tensor whose entries bring together what {@code entry} gives for all {@code reduced}. */
    public Value.Array reduce(
            Shape shape, List<Index> reduced, Combine combine, Value.Entry entry, String name, Context context) {
        Entries entries = new Entries(List.of(), shape, reduced, combine, entry);
        Value.Array result = define(entries, name, "", context, List.of());
        nameless = definitions.get(definitions.size() - 1).target();
        return result;
    }

    /**
     * The entries of a tensor.
     *
     * @param named the indices of its first axes; those of {@code shape} come after them
     * @param entry gives for all {@code reduced} what {@code combine} brings together
     */
    private record Entries(List<Index> named, Shape shape, List<Index> reduced, Combine combine, Value.Entry entry) {

        static Entries of(List<Index> named, Shape shape, Value.Entry entry) {
            return new Entries(named, shape, List.of(), Combine.ASSIGN, entry);
        }
    }

    /** Defines a tensor with the axes of {@code named} and then those of {@code shape}. */
    public Value.Array define(
            List<Index> named, Shape shape, Value.Entry entry, String name, String note, Context context) {
        return define(Entries.of(named, shape, entry), name, note, context, List.of());
    }

    /** Defines a tensor with these entries. Loops of the context on which they depend, and those {@code kept}, become leading axes. */
    private Value.Array define(Entries entries, String name, String note, Context context, List<Index> kept) {
        List<Index> own = new ArrayList<>(entries.named);
        for (Expr extent : entries.shape.extents()) {
            own.add(Index.ofAxis(own.size(), extent));
        }
        Expr body = guard(entries.entry.at(List.copyOf(own)), entries.combine, context);
        List<Index> free = free(body, entries.reduced, context);
        free.addAll(0, kept.stream().filter(loop -> !free.contains(loop)).toList());
        List<Expr> extents = new ArrayList<>();
        free.forEach(loop -> extents.add(extent(loop)));
        entries.named.forEach(loop -> extents.add(extent(loop)));
        extents.addAll(entries.shape.extents());
        List<Expr> subscripts = new ArrayList<>(free);
        subscripts.addAll(own);
        if (entries.combine == Combine.ASSIGN && isNameless(body, subscripts, extents)) {
            return Value.Array.of(nameLast(name, note, context), free);
        }
        boolean integer = entries.combine == Combine.ARGMAX;
        String fresh = fresh(name, note, context);
        Tensor target = integer
                ? Tensor.integers(fresh, Tensor.Role.DERIVED, count(entries.reduced), new Shape(extents))
                : Tensor.derived(fresh, new Shape(extents));
        List<Index> loops = new ArrayList<>(free);
        loops.addAll(own);
        loops.addAll(entries.reduced);
        // An index over a context's loop is renamed, so that each definition has loops of its own.
        definitions.add(ownLoops.in(new Definition(target, subscripts, entries.combine, loops, body, note)));
        return Value.Array.of(target, free);
    }

    public void add(Definition definition) {
        definitions.add(ownLoops.in(definition));
    }

    /** The index of the context that a loop of a definition stands for. */
    public Index origin(Index loop) {
        return ownLoops.origin(loop);
    }

    /** {@code expression}, unless it is {@code wanted}, with what definitions say in the place of names that stand for such. */
    public Expr spelledOut(Expr expression, Predicate<Expr> wanted) {
        return new SpelledOut(definitions, wanted).of(expression);
    }

    /** Adds definitions that have loops of their own, as a differentiation makes them. */
    public void addAll(List<Definition> more) {
        definitions.addAll(more);
        more.forEach(definition -> names.add(definition.target().name()));
    }

    /** Works out {@code attempt} and forgets everything that it defined. */
    public <T> T speculate(Supplier<T> attempt) {
        int size = definitions.size();
        int mark = names.mark();
        int done = undoing.size();
        Tensor namelessBefore = nameless;
        attempts++;
        try {
            return attempt.get();
        } finally {
            attempts--;
            while (undoing.size() > done) {
                undoing.pop().run();
            }
            definitions.subList(size, definitions.size()).clear();
            names.forgetSince(mark);
            nameless = namelessBefore;
            forgotten++;
        }
    }

    /** Has {@code undo} run if this belongs to an attempt: what is done outside of this list is forgotten with it, too. */
    public void ifForgotten(Runnable undo) {
        if (attempts > 0) {
            undoing.push(undo);
        }
    }

    /** {@code array} for somebody who may read one entry several times: it is worked out once. */
    public Value.Array remembering(Value.Array array) {
        if (array.stored()) {
            return array;
        }
        Value.Entry entry = new Value.Entry() {
            private List<Expr> last;
            private Expr known;
            private int since;

            @Override
            public Expr at(List<Expr> subscripts) {
                if (!subscripts.equals(last) || since != forgotten) {
                    known = array.at(subscripts);
                    last = subscripts;
                    since = forgotten;
                }
                return known;
            }
        };
        return new Value.Array(array.shape(), entry, false, array.before());
    }

    /** Whether {@code body} is just what the last definition, a nameless one, computes at the same subscripts. */
    private boolean isNameless(Expr body, List<Expr> subscripts, List<Expr> extents) {
        return nameless != null
                && !definitions.isEmpty()
                && definitions.get(definitions.size() - 1).target() == nameless
                && body == Access.of(nameless, nameless.rank() == subscripts.size() ? subscripts : zeros(nameless))
                && nameless.shape().extents().equals(extents);
    }

    private static List<Expr> zeros(Tensor tensor) {
        return Collections.nCopies(tensor.rank(), Constant.ZERO);
    }

    /** Gives the last definition, a nameless one, the name that the source has for it. */
    private Tensor nameLast(String name, String note, Context context) {
        Definition last = definitions.remove(definitions.size() - 1);
        names.remove(nameless.name());
        Tensor target = nameless.limit()
                .map(limit -> Tensor.integers(fresh(name, context), Tensor.Role.DERIVED, limit, nameless.shape()))
                .orElseGet(() -> Tensor.derived(fresh(name, context), nameless.shape()));
        definitions.add(new Definition(target, last.subscripts(), last.combine(), last.loops(), last.body(), note));
        nameless = null;
        return target;
    }

    /** The loops of the context on which {@code body} or the bounds of {@code reduced} depend, outermost first. */
    public List<Index> free(Expr body, List<Index> reduced, Context context) {
        List<Expr> roots = new ArrayList<>(List.of(body));
        for (Index index : reduced) {
            roots.add(index.low());
            roots.add(index.high());
        }
        Set<Index> used = new HashSet<>(Walk.indices(roots));
        for (int depth = context.loops().size() - 1; depth >= 0; depth--) {
            Index loop = context.loops().get(depth);
            if (used.contains(loop) && !(growing.isEmpty() && WholeRange.suits(loop, roots))) {
                used.addAll(Walk.indicesOfBounds(loop));
            }
        }
        return new ArrayList<>(context.loops().stream().filter(used::contains).toList());
    }

    /** {@code body} where it is worked out by itself: as the selections around it have it, if it stays inside its tensors only by them. */
    public Expr guard(Expr body, Combine combine, Context context) {
        boolean relies = !guarded.isEmpty()
                && Walk.accesses(body).stream().anyMatch(access -> {
                    List<Expr> guards = guarded.get(access);
                    return guards != null && guards.stream().anyMatch(context.guards()::contains);
                });
        if (!relies) {
            return body;
        }
        Expr guardedBody = body;
        Expr neutral = combine == Combine.PRODUCT ? Constant.ONE : Constant.ZERO;
        // The outermost condition stays outermost: an inner one may itself rely on it.
        for (int i = context.guards().size() - 1; i >= 0; i--) {
            guardedBody = Select.of(context.guards().get(i), guardedBody, neutral);
        }
        return guardedBody;
    }

    public static Expr extent(Index loop) {
        return loop.high() instanceof Constant
                        || loop.low() == Constant.ZERO
                                && Walk.indices(List.of(loop.high())).isEmpty()
                ? loop.high()
                : Constant.of(IntegerRange.of(loop).high() + 1);
    }

    private static Expr count(List<Index> reduced) {
        long count = 1;
        for (Index index : reduced) {
            IntegerRange range = IntegerRange.of(index);
            count = Math.multiplyExact(count, Math.max(1, range.high() - range.low() + 1));
        }
        return Constant.of(count);
    }
}
