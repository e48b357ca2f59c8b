package dev.gradc.syntax;

import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Name;
import java.util.List;
import java.util.Optional;

/**
 * A parsed file.
 *
 * @param imports the paths as written, relative to the file
 */
public record SourceUnit(
        SourceFile file, Optional<Name> packageName, List<Import> imports, List<Declaration> declarations) {
    public SourceUnit {
        imports = List.copyOf(imports);
        declarations = List.copyOf(declarations);
    }

    /** {@code import "blocks.nn"}. */
    public record Import(String path, Span span) {}
}
