package dev.gradc.ir;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** The table behind hash-consing: holds every live expression once, weakly. Safe for threads. */
final class Interner {

    private static final Interner SHARED = new Interner();

    private final ReferenceQueue<Expr> dead = new ReferenceQueue<>();
    private Entry[] buckets = new Entry[1 << 12];
    private int size;

    /** The expression that stands for all equal to {@code candidate}. */
    @SuppressWarnings("unchecked")
    static <E extends Expr> E intern(E candidate) {
        return (E) SHARED.canonical(candidate);
    }

    private synchronized Expr canonical(Expr candidate) {
        expunge();
        int hash = Expr.mixed(candidate.contentHash());
        for (Entry entry = buckets[hash & buckets.length - 1]; entry != null; entry = entry.next) {
            if (entry.hash == hash) {
                Expr known = entry.get();
                if (known != null && known.sameAs(candidate)) {
                    return known;
                }
            }
        }
        if (size >= buckets.length) {
            grow();
        }
        int bucket = hash & buckets.length - 1;
        buckets[bucket] = new Entry(candidate, hash, dead, buckets[bucket]);
        size++;
        return candidate;
    }

    private void expunge() {
        for (Object gone = dead.poll(); gone != null; gone = dead.poll()) {
            int bucket = ((Entry) gone).hash & buckets.length - 1;
            Entry previous = null;
            for (Entry entry = buckets[bucket]; entry != null; previous = entry, entry = entry.next) {
                if (entry == gone) {
                    if (previous == null) {
                        buckets[bucket] = entry.next;
                    } else {
                        previous.next = entry.next;
                    }
                    size--;
                    break;
                }
            }
        }
    }

    private void grow() {
        Entry[] old = buckets;
        buckets = new Entry[2 * old.length];
        for (Entry chain : old) {
            while (chain != null) {
                Entry next = chain.next;
                int bucket = chain.hash & buckets.length - 1;
                chain.next = buckets[bucket];
                buckets[bucket] = chain;
                chain = next;
            }
        }
    }

    private static final class Entry extends WeakReference<Expr> {
        private final int hash;
        private Entry next;

        Entry(Expr expression, int hash, ReferenceQueue<Expr> queue, Entry next) {
            super(expression, queue);
            this.hash = hash;
            this.next = next;
        }
    }
}
