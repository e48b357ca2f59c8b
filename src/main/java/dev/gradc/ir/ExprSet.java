package dev.gradc.ir;

/** Expressions, of which there may be millions: a bit for each, beside those of its neighbours. Not safe for threads. */
final class ExprSet {

    /** The numbers of the words, each where its hash says, or after that, and the words: a bit for each of 64 expressions in a row. */
    private long[] numbers = new long[16];

    private long[] words = new long[16];
    private int size;

    /** Where the last word stands. */
    private int last;

    /** Adds {@code expression}, and says whether it is new. */
    boolean add(Expr expression) {
        long number = expression.number / Long.SIZE;
        if (numbers[last] != number || words[last] == 0) {
            last = place(number);
            if (words[last] == 0) {
                begin(number);
            }
        }
        long bit = 1L << expression.number;
        boolean isNew = (words[last] & bit) == 0;
        words[last] |= bit;
        return isNew;
    }

    private void begin(long number) {
        size++;
        if (2 * size > words.length) {
            grow();
            last = place(number);
        }
        numbers[last] = number;
    }

    /** Where a word is, or belongs. */
    private int place(long number) {
        int mask = words.length - 1;
        int place = Expr.mixed((int) number) & mask;
        while (words[place] != 0 && numbers[place] != number) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldWords = words;
        numbers = new long[2 * oldNumbers.length];
        words = new long[2 * oldWords.length];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldWords[i] != 0) {
                int place = place(oldNumbers[i]);
                numbers[place] = oldNumbers[i];
                words[place] = oldWords[i];
            }
        }
    }
}
