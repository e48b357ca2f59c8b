package dev.gradc.check.index;

import dev.gradc.ir.IntegerRange;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sizes of indices, worked out from the axes of the subscripts in which they stand. Each index goes by a key of its own. */
public final class IndexSizes {

    private final Diagnostics diagnostics;
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, Use> uses = new HashMap<>();
    private final List<Use> guardedUses = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();
    private boolean conflict;

    public IndexSizes(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** An index alone in a subscript, which fixes its size; under a condition only if nothing else does. */
    public record Use(Name name, String key, long size, String tensor, int axis) {}

    /** A sum over indices that must stay below {@code size}. */
    public record Sum(Map<String, Long> coefficients, IntegerRange rest, long size, boolean guarded) {}

    public void add(Use use, boolean guarded) {
        if (guarded) {
            guardedUses.add(use);
        } else {
            apply(use);
        }
    }

    public void add(Sum sum) {
        sums.add(sum);
    }

    /** What stands without a condition tells first; under conditions an index alone tells before one in a sum. */
    public void solve() {
        solveSums(false);
        Set<String> known = Set.copyOf(sizes.keySet());
        guardedUses.stream().filter(use -> !known.contains(use.key())).forEach(this::apply);
        solveSums(true);
    }

    public Optional<Long> of(String key) {
        return Optional.ofNullable(sizes.get(key));
    }

    /** Whether some index has two sizes, which has been said. */
    public boolean conflict() {
        return conflict;
    }

    private void apply(Use use) {
        Use first = uses.putIfAbsent(use.key(), use);
        if (first == null) {
            sizes.put(use.key(), use.size());
        } else if (first.size() != use.size()) {
            conflict = true;
            diagnostics.error(
                    use.name().span(),
                    "the index " + use.name().text() + " has two sizes: " + first.size() + " from axis " + first.axis()
                            + " of " + first.tensor() + ", " + use.size() + " from axis " + use.axis() + " of "
                            + use.tensor());
        }
    }

    /** Sizes of indices in sums, from those that are known; repeated while that tells something new. */
    private void solveSums(boolean withGuarded) {
        boolean progress = true;
        while (progress) {
            Map<String, Long> found = new LinkedHashMap<>();
            for (Sum sum : sums) {
                List<String> open = sum.coefficients().keySet().stream()
                        .filter(name -> !sizes.containsKey(name))
                        .toList();
                if (open.size() == 1 && (withGuarded || !sum.guarded())) {
                    found.merge(open.get(0), largest(sum, open.get(0)), Math::min);
                }
            }
            sizes.putAll(found);
            progress = !found.isEmpty();
        }
    }

    /**
     * The largest size of {@code name} for which the sum stays inside, whatever the other indices are. A condition keeps it inside by
     * itself: {@code i > 0 ? x[i-1] : 0} has as many entries as {@code x}.
     */
    private long largest(Sum sum, String name) {
        long coefficient = sum.coefficients().get(name);
        if (sum.guarded() && Math.abs(coefficient) == 1) {
            return sum.size();
        }
        long low = sum.rest().low();
        long high = sum.rest().high();
        for (Map.Entry<String, Long> term : sum.coefficients().entrySet()) {
            if (!term.getKey().equals(name)) {
                long last = sizes.get(term.getKey()) - 1;
                low += Math.min(0, term.getValue() * last);
                high += Math.max(0, term.getValue() * last);
            }
        }
        return coefficient > 0
                ? Math.floorDiv(sum.size() - 1 - high, coefficient) + 1
                : Math.floorDiv(low, -coefficient) + 1;
    }
}
