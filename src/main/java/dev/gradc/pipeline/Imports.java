package dev.gradc.pipeline;

import dev.gradc.data.DataException;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.SourceUnit;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the files that a file imports, directly or not, each once and before those that import it. */
public final class Imports {

    private final Path root;
    private final Diagnostics diagnostics;
    private final Map<Path, SourceUnit> units = new LinkedHashMap<>();
    private final Set<Path> open = new LinkedHashSet<>();

    /** @param root the folder that no import may leave */
    public Imports(Path root, Diagnostics diagnostics) {
        this.root = root.toAbsolutePath().normalize();
        this.diagnostics = diagnostics;
    }

    /** The folder that imports of {@code file} may not leave, if none was given: the current one, or else the file's own. */
    public static Path rootOf(SourceFile file) {
        Path current = Path.of("").toAbsolutePath();
        try {
            Path folder = Path.of(file.name()).toAbsolutePath().normalize().getParent();
            return folder == null || folder.startsWith(current) ? current : folder;
        } catch (InvalidPathException e) {
            return current;
        }
    }

    public List<SourceUnit> of(SourceUnit unit) {
        open.add(absolute(Path.of(unit.file().name())));
        follow(unit);
        return new ArrayList<>(units.values());
    }

    private void follow(SourceUnit unit) {
        for (SourceUnit.Import wanted : unit.imports()) {
            Path named;
            try {
                // As messages show it: relative or absolute as the importing file was given.
                named = Path.of(unit.file().name())
                        .resolveSibling(wanted.path())
                        .normalize();
            } catch (InvalidPathException e) {
                diagnostics.error(wanted.span(), "this is not a path: " + wanted.path());
                continue;
            }
            Path path = absolute(named);
            if (!path.startsWith(root)) {
                diagnostics.error(
                        wanted.span(),
                        "the import leaves the source root",
                        "the source root must be a folder that holds both files");
            } else if (open.contains(path)) {
                diagnostics.error(
                        wanted.span(), "the import goes in a circle: " + wanted.path() + " imports this file");
            } else if (!units.containsKey(path)) {
                load(wanted, named, path);
            }
        }
    }

    private void load(SourceUnit.Import wanted, Path named, Path path) {
        SourceFile file;
        try {
            file = Sources.read(named.toString());
        } catch (DataException e) {
            diagnostics.error(wanted.span(), "cannot read " + wanted.path());
            return;
        }
        SourceUnit unit = Parser.unit(file, diagnostics);
        open.add(path);
        follow(unit);
        open.remove(path);
        units.put(path, unit);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
