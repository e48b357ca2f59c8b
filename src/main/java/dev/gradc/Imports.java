package dev.gradc;

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
final class Imports {

    private final Path root;
    private final Diagnostics diagnostics;
    private final Map<Path, SourceUnit> units = new LinkedHashMap<>();
    private final Set<Path> open = new LinkedHashSet<>();

    /** @param root the folder that no import may leave */
    Imports(Path root, Diagnostics diagnostics) {
        this.root = root.toAbsolutePath().normalize();
        this.diagnostics = diagnostics;
    }

    /** The folder that imports of {@code file} may not leave, if none was given: the current one, or else the file's own. */
    static Path rootOf(SourceFile file) {
        Path current = Path.of("").toAbsolutePath();
        try {
            Path folder = Path.of(file.name()).toAbsolutePath().normalize().getParent();
            return folder == null || folder.startsWith(current) ? current : folder;
        } catch (InvalidPathException e) {
            return current;
        }
    }

    List<SourceUnit> of(SourceUnit unit) {
        Path own = Path.of(unit.file().name()).toAbsolutePath().normalize();
        open.add(own);
        follow(unit, own);
        return new ArrayList<>(units.values());
    }

    private void follow(SourceUnit unit, Path from) {
        for (SourceUnit.Import wanted : unit.imports()) {
            Path path;
            try {
                path = from.resolveSibling(wanted.path()).normalize();
            } catch (InvalidPathException e) {
                diagnostics.error(wanted.span(), "this is not a path: " + wanted.path());
                continue;
            }
            if (!path.startsWith(root)) {
                diagnostics.error(
                        wanted.span(),
                        "the import leaves the source root",
                        "--source-root names a folder that holds both");
            } else if (open.contains(path)) {
                diagnostics.error(
                        wanted.span(), "the import goes in a circle: " + wanted.path() + " imports this file");
            } else if (!units.containsKey(path)) {
                load(wanted, path);
            }
        }
    }

    private void load(SourceUnit.Import wanted, Path path) {
        SourceFile file;
        try {
            file = Sources.read(path.toString());
        } catch (DataException e) {
            diagnostics.error(wanted.span(), "cannot read " + wanted.path());
            return;
        }
        SourceUnit unit = Parser.unit(new SourceFile(name(path), file.text()), diagnostics);
        open.add(path);
        follow(unit, path);
        open.remove(path);
        units.put(path, unit);
    }

    /** The path as a message shows it: relative to where the user is, if it lies there. */
    private static String name(Path path) {
        Path current = Path.of("").toAbsolutePath();
        return path.startsWith(current) ? current.relativize(path).toString() : path.toString();
    }
}
