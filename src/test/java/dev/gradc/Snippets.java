package dev.gradc;

import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.source.SourceFile;
import java.util.List;
import java.util.Map;

/** Short sources in tests, checked. */
public final class Snippets {

    private Snippets() {}

    /** The file that {@code text} is. */
    public static Unit unit(String text) {
        return new Compiler().check(new SourceFile("snippet.nn", text), Map.of());
    }

    /** The last function of {@code text}. */
    public static FunctionUnit function(String text) {
        List<FunctionUnit> functions = unit(text).functions();
        return functions.get(functions.size() - 1);
    }

    /** The only network of {@code text}. */
    public static NetworkUnit network(String text) {
        return unit(text).networks().get(0);
    }

    /** A formula as a function of these scalars, in this order, and of whatever else it names. */
    public static FunctionUnit formula(String text, String... variables) {
        return new Compiler().expression(new SourceFile("formula", text), List.of(variables), Map.of());
    }
}
