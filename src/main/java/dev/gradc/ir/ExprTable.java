package dev.gradc.ir;

/**
 * What a pass remembers of expressions, of which there may be millions: a table by identity that takes no object for each, and no
 * hash from the virtual machine, as {@link java.util.IdentityHashMap} does, since expressions are numbered. Not safe for threads.
 */
public final class ExprTable<V> {

    /** Expressions on a page. What was made one after the other, and mostly is looked up so, stands on one. */
    private static final int PAGE = 16;

    private static final Object[] NONE = new Object[PAGE];

    /** The pages, each where the hash of its number says, or after that; what stands on it at the same place. */
    private long[] numbers = new long[PAGE];

    private Object[][] pages = new Object[PAGE][];
    private int size;

    /** The page that was looked at last, as mostly the next one is. */
    private long lastNumber = -1;

    private Object[] last = NONE;

    /** What is remembered of {@code key}, or null. */
    @SuppressWarnings("unchecked")
    public V get(Expr key) {
        return (V) page(key)[(int) (key.number % PAGE)];
    }

    /**
     * Remembers {@code value}, which is null to forget {@code key}.
     *
     * @return what was remembered before, or null
     */
    @SuppressWarnings("unchecked")
    public V put(Expr key, V value) {
        Object[] page = page(key);
        if (page == NONE) {
            page = add(key.number / PAGE);
        }
        int line = (int) (key.number % PAGE);
        V before = (V) page[line];
        page[line] = value;
        return before;
    }

    private Object[] page(Expr key) {
        long number = key.number / PAGE;
        if (number != lastNumber) {
            Object[] page = pages[place(number)];
            last = page == null ? NONE : page;
            lastNumber = number;
        }
        return last;
    }

    private Object[] add(long number) {
        size++;
        if (2 * size > pages.length) {
            grow();
        }
        int place = place(number);
        numbers[place] = number;
        pages[place] = new Object[PAGE];
        last = pages[place];
        return last;
    }

    /** Where a page is, or belongs. */
    private int place(long number) {
        int mask = pages.length - 1;
        int place = Expr.mixed((int) number) & mask;
        while (pages[place] != null && numbers[place] != number) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        Object[][] oldPages = pages;
        numbers = new long[2 * oldNumbers.length];
        pages = new Object[2 * oldPages.length][];
        for (int i = 0; i < oldPages.length; i++) {
            if (oldPages[i] != null) {
                int place = place(oldNumbers[i]);
                numbers[place] = oldNumbers[i];
                pages[place] = oldPages[i];
            }
        }
    }
}
