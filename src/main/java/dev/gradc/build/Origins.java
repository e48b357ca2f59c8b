package dev.gradc.build;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Unit;
import dev.gradc.pipeline.Declared;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where generated files come from; refuses two of one path, also where only the case of letters tells them apart. */
public final class Origins {

    private record Origin(String path, SourceFile source, Unit part) {

        boolean isNetwork() {
            return !part.networks().isEmpty();
        }

        Span place() {
            String name = isNetwork()
                    ? part.networks().get(0).name()
                    : part.functions().get(0).name();
            return Declared.place(source, name);
        }

        Diagnostic clashWith(Origin other) {
            String self = isNetwork() ? "this network" : "this file's functions";
            String others = (other.isNetwork() ? "the network at " : "the functions from ") + other.place();
            String message = path.equals(other.path)
                    ? self + " and " + others + " both become " + path
                    : self + " become" + (isNetwork() ? "s " : " ") + path + ", " + others + " " + other.path
                            + ", which many file systems take for the same";
            return Diagnostic.error(place(), message)
                    .withHint("classes are called after a network, those of functions after their file");
        }
    }

    private final Map<String, Origin> origins = new HashMap<>();

    /**
     * The files that become of {@code unit}, whose source is {@code source}.
     *
     * @param generate the files of a part of it
     * @throws SourceException with each part whose files would overwrite others
     */
    public List<GeneratedFile> filesOf(Unit unit, SourceFile source, Function<Unit, List<GeneratedFile>> generate) {
        List<GeneratedFile> files = new ArrayList<>();
        Diagnostics diagnostics = new Diagnostics();
        for (Unit part : unit.parts()) {
            List<GeneratedFile> own = generate.apply(part);
            List<Diagnostic> clashes = own.stream()
                    .flatMap(file -> clash(new Origin(file.path(), source, part)).stream())
                    .toList();
            clashes.stream().limit(1).forEach(diagnostics::report);
            files.addAll(own);
        }
        diagnostics.throwIfErrors();
        return files;
    }

    private Optional<Diagnostic> clash(Origin origin) {
        Origin other = origins.putIfAbsent(origin.path.toLowerCase(Locale.ROOT), origin);
        return Optional.ofNullable(other).map(origin::clashWith);
    }
}
