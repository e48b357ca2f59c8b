package dev.gradc.check;

import dev.gradc.source.Diagnostic;
import dev.gradc.syntax.Term.Name;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Advice on misspelt names. */
final class Names {

    private Names() {}

    /** {@code unknown name 'sigmod'}, with the nearest known name as a hint. */
    static Diagnostic unknown(Name name, String what, Collection<String> known) {
        Diagnostic diagnostic = Diagnostic.error(name.span(), "unknown " + what + " '" + name.text() + "'");
        return nearest(name.text(), known)
                .map(near -> diagnostic.withHint("did you mean " + near + "?"))
                .orElse(diagnostic);
    }

    /** The known name that takes the fewest edits from {@code name}, if it takes few. */
    static Optional<String> nearest(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= limit)
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparing((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The number of insertions, deletions, replacements and swaps of neighbours (Damerau's distance). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[a.length()][b.length()];
    }
}
