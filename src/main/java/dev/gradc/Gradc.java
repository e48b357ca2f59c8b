package dev.gradc;

import dev.gradc.build.Generator;
import dev.gradc.build.Origins;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Unit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The compiler for programs: text of a {@code .nn} file in, Java sources or diagnostics out, without touching a file unless the text
 * imports one. Safe for threads.
 *
 * <pre>{@code
 * String text = "package com.acme\nfunction square(x) = x^2 derive gradient";
 * System.out.println(Gradc.compile("shapes.nn", text).keySet());                 // [com/acme/Shapes.java]
 * System.out.println(Gradc.check("shapes.nn", "function f(x) = sni(x)").size()); // 1
 * }</pre>
 */
public final class Gradc {

    private Gradc() {}

    /**
     * The Java sources that {@code text} compiles to, by their paths below a source root, as {@code com/acme/Rings.java}.
     *
     * @param name of the file; its functions become the class of this name, and messages call it so
     * @param text a package, functions and networks
     * @throws SourceException with every error in the text
     */
    public static Map<String, String> compile(String name, String text) {
        return compile(name, text, Map.of());
    }

    /**
     * The same with sizes of networks that replace their defaults.
     *
     * @param sizes by name, as {@code hidden}
     */
    public static Map<String, String> compile(String name, String text, Map<String, Double> sizes) {
        return DeepStack.call(() -> {
            Compiler compiler = new Compiler();
            SourceFile source = new SourceFile(name, text);
            Unit unit = compiler.check(source, sizes);
            Generator generator = new Generator(compiler, Options.DEFAULT);
            String packageName = unit.packageName().orElse("");
            Map<String, String> sources = new LinkedHashMap<>();
            new Origins()
                    .filesOf(unit, source, part -> generator.generate(part, packageName))
                    .forEach(file -> sources.put(file.path(), file.text()));
            return sources;
        });
    }

    /** What is wrong with {@code text}: each error with its place, its message and, where there is one, a hint; none if all is well. */
    public static List<Diagnostic> check(String name, String text) {
        try {
            DeepStack.call(() -> new Compiler().check(new SourceFile(name, text), Map.of()));
            return List.of();
        } catch (SourceException e) {
            return e.diagnostics();
        }
    }
}
