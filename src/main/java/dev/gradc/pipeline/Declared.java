package dev.gradc.pipeline;

import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.SourceUnit;
import dev.gradc.syntax.Term.Name;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file declares, as far as it can be read. */
public final class Declared {

    private Declared() {}

    /** The names of the sizes of its networks. */
    public static Set<String> sizes(SourceFile file) {
        return sizes(Parser.unit(file, new Diagnostics()));
    }

    static Set<String> sizes(SourceUnit unit) {
        return unit.declarations().stream()
                .filter(Declaration.Network.class::isInstance)
                .flatMap(network -> ((Declaration.Network) network).sizes().stream())
                .map(size -> size.name().text())
                .collect(Collectors.toSet());
    }

    /** Where {@code file} declares the function or network {@code name}. */
    public static Span place(SourceFile file, String name) {
        return Parser.unit(file, new Diagnostics()).declarations().stream()
                .flatMap(declaration -> declaration instanceof Declaration.Network network
                        ? Stream.of(network.name())
                        : declaration instanceof Declaration.Function function
                                ? Stream.of(function.name())
                                : Stream.empty())
                .filter(declared -> declared.text().equals(name))
                .findFirst()
                .map(Name::span)
                .orElse(file.span());
    }
}
