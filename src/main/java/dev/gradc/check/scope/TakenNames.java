package dev.gradc.check.scope;

import dev.gradc.ir.Numbering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that are taken, in the order in which they were, so that the last ones can be given back. */
final class TakenNames {

    private final Set<String> names = new HashSet<>();
    private final List<String> order = new ArrayList<>();

    /** The least number that may be free, by what it follows. */
    private final Map<String, Integer> next = new HashMap<>();

    /** Takes {@code wanted}, or the same with the least number from 2 on that makes it free and none of {@code refused}. */
    String fresh(String wanted, Set<String> refused) {
        String name = wanted;
        if (refused.contains(name) || names.contains(name)) {
            String stem = Numbering.stem(wanted);
            int number = next.getOrDefault(stem, 2);
            do {
                name = stem + number;
                number++;
            } while (refused.contains(name) || names.contains(name));
            next.put(stem, number);
        }
        add(name);
        return name;
    }

    void add(String name) {
        if (names.add(name)) {
            order.add(name);
        }
    }

    /** Gives a name back. */
    void remove(String name) {
        names.remove(name);
        int digits = name.length();
        while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
            digits--;
            // Any of these may have been the number.
            String number = name.substring(digits);
            if (number.length() < 9) {
                next.computeIfPresent(
                        name.substring(0, digits), (stem, least) -> Math.min(least, Integer.parseInt(number)));
            }
        }
    }

    int mark() {
        return order.size();
    }

    /** Gives back all that was taken since {@code mark}. */
    void forgetSince(int mark) {
        while (order.size() > mark) {
            remove(order.remove(order.size() - 1));
        }
    }
}
