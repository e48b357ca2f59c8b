package dev.gradc.ir;

/**
 * What a pass remembers of expressions, of which there may be millions: a hash table by identity that takes no object for each, and no
 * hash from the virtual machine, as {@link java.util.IdentityHashMap} does, since expressions are numbered. Not safe for threads.
 */
public final class ExprTable<V> {

    /** References in a line of the processor's cache. */
    private static final int LINE = 16;

    private Expr[] keys = new Expr[LINE];
    private Object[] values = new Object[LINE];
    private int size;

    /** What is remembered of {@code key}, or null. */
    @SuppressWarnings("unchecked")
    public V get(Expr key) {
        return (V) values[place(key)];
    }

    /**
     * Remembers {@code value}, which is null to forget {@code key}.
     *
     * @return what was remembered before, or null
     */
    @SuppressWarnings("unchecked")
    public V put(Expr key, V value) {
        int place = place(key);
        V before = (V) values[place];
        if (keys[place] == null) {
            size++;
            if (2 * size > keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
        }
        values[place] = value;
        return before;
    }

    /** Where {@code key} is, or belongs. What was made one after the other, and mostly is looked up so, stands in one line of the cache. */
    private int place(Expr key) {
        int mask = keys.length - 1;
        int place = (Expr.mixed(key.number / LINE) * LINE + key.number % LINE) & mask;
        while (keys[place] != null && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        Expr[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new Expr[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
