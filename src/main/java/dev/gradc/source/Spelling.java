package dev.gradc.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class Spelling {

    private Spelling() {}

    /**
     * The candidate nearest to {@code name}, if one is near enough to be meant. One that differs only in case is the nearest; letters
     * in another order are likelier than one too many or too few, and that is likelier than another letter; among equals the first in
     * order counts. Of a short name every letter counts: it is only taken for another that differs in case.
     */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        int limit = Math.min(3, name.length() / 3);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(name))
                .filter(candidate -> isNear(name, candidate, limit))
                .min(Comparator.comparingInt(
                                (String candidate) -> name.equalsIgnoreCase(candidate) ? 0 : distance(name, candidate))
                        .thenComparingInt(candidate -> slip(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The kind of slip, the likeliest first. */
    private static int slip(String name, String candidate) {
        boolean sameLetters = Arrays.equals(
                name.chars().sorted().toArray(), candidate.chars().sorted().toArray());
        return sameLetters ? 0 : candidate.length() != name.length() ? 1 : 2;
    }

    private static boolean isNear(String name, String candidate, int limit) {
        return name.equalsIgnoreCase(candidate)
                || (Math.abs(candidate.length() - name.length()) <= limit && distance(name, candidate) <= limit);
    }

    /** The number of letters to insert, drop, change or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
