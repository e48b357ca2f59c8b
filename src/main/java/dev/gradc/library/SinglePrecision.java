package dev.gradc.library;

import dev.gradc.ir.Backend;
import dev.gradc.ir.Call;
import dev.gradc.ir.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is computed in the place of functions where numbers have single precision.
 *
 * @param rows for functions of whole rows
 * @param numbers for functions of one number at a time
 */
public record SinglePrecision(Map<Function, Rule> rows, Map<Function, Rule> numbers) {

    /** Functions are computed as they are. */
    public static final SinglePrecision NONE = new SinglePrecision(Map.of(), Map.of());

    /** The rules of {@code library}. */
    public static SinglePrecision of(Library library, Backend backend) {
        return new SinglePrecision(
                byFunction(library.rules(backend == Backend.VECTOR ? "vectors" : "rows")),
                byFunction(library.rules("numbers")));
    }

    private static Map<Function, Rule> byFunction(List<Rule> rules) {
        Map<Function, Rule> map = new LinkedHashMap<>();
        rules.forEach(rule -> map.put(((Call) rule.left()).function(), rule));
        return map;
    }
}
