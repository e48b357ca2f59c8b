package dev.gradc.build;

import dev.gradc.data.DataException;
import dev.gradc.ir.Unit;
import dev.gradc.pipeline.Sources;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.lang.model.SourceVersion;

/** Which package the classes of a source belong to. */
final class Packages {

    private Packages() {}

    /**
     * The package that the source names, or the one that was asked for, or its folder below the source root; empty for none.
     *
     * @param asked the package that was asked for
     */
    static String of(Unit unit, String path, Optional<String> asked, Optional<Path> sourceRoot) {
        String name = unit.packageName()
                .or(() -> asked)
                .or(() -> sourceRoot.map(root -> folder(path, root)))
                .orElse("");
        if (!name.isEmpty() && !SourceVersion.isName(name, SourceVersion.RELEASE_17)) {
            throw new DataException(
                    path, "its package would be " + name + ", which is no name in Java; the source can say another");
        }
        return name;
    }

    private static String folder(String path, Path root) {
        try {
            Path folder = Path.of(path).toAbsolutePath().normalize().getParent();
            Path base = root.toAbsolutePath().normalize();
            if (!folder.startsWith(base)) {
                throw new DataException(path, "the file is not below the source root " + root);
            }
            return StreamSupport.stream(base.relativize(folder).spliterator(), false)
                    .map(Path::toString)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining("."));
        } catch (InvalidPathException e) {
            throw Sources.unreadable(path, e);
        }
    }
}
