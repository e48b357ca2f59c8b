package dev.gradc.ir;

import java.util.Set;

/** Names for indices: letters while there are some. */
public final class Letters {

    private static final int ALPHABET = 26;

    private Letters() {}

    /** What an index over an axis is called that nobody has named: i for the first, j for the second, … */
    public static String ofAxis(int axis) {
        return String.valueOf((char) ('i' + axis % ('z' - 'i' + 1)));
    }

    /** {@code wanted}, or the next letter that is not taken, after z again from a; from now on it is taken. */
    public static String fresh(String wanted, Set<String> taken) {
        String name = wanted;
        boolean letter = wanted.length() == 1 && wanted.charAt(0) >= 'a' && wanted.charAt(0) <= 'z';
        for (int step = 1; letter && step < ALPHABET && taken.contains(name); step++) {
            name = String.valueOf((char) ('a' + (wanted.charAt(0) - 'a' + step) % ALPHABET));
        }
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + number;
        }
        return name;
    }
}
