package dev.gradc.lower.place;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A block of statements: the body of a loop or of a condition, one side of a selection, or the whole. */
final class Scope {

    private static final Comparator<Value> OPERANDS_FIRST = Comparator.comparingInt(value -> value.order);

    final Scope parent;
    final int position;
    final int depth;

    /** Whether it runs whenever the outer block does: it is the body of a loop that runs at least once. */
    final boolean certain;

    /** Whether it is the body of a loop, or inside one. */
    final boolean repeated;

    /** The values that get their variable before the statement of this number. */
    private final Map<Integer, SortedSet<Value>> lets = new HashMap<>();

    /** @param position the statement of the outer block that this one stands in */
    private Scope(Scope parent, int position, boolean certain, boolean repeated) {
        this.parent = parent;
        this.position = position;
        this.certain = certain;
        this.repeated = repeated;
        depth = parent == null ? 0 : parent.depth + 1;
    }

    static Scope whole() {
        return new Scope(null, 0, true, false);
    }

    /** The body of the loop that is this statement of {@code parent}. */
    static Scope ofLoop(Scope parent, int position, boolean certain) {
        return new Scope(parent, position, certain, true);
    }

    /** A block of this statement of {@code parent} that is not always needed. */
    static Scope ofCondition(Scope parent, int position) {
        return new Scope(parent, position, false, parent.repeated);
    }

    void add(Value value, int statement) {
        lets.computeIfAbsent(statement, s -> new TreeSet<>(OPERANDS_FIRST)).add(value);
    }

    SortedSet<Value> before(int statement) {
        return lets.getOrDefault(statement, Collections.emptySortedSet());
    }

    boolean isEmpty() {
        return lets.isEmpty();
    }

    /** Before which statement of which block a value is used. */
    record Site(Scope scope, int position) {

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
}
