package dev.gradc;

import dev.gradc.data.DataException;
import dev.gradc.emit.GeneratedFile;
import dev.gradc.emit.Options;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit;
import dev.gradc.source.SourceFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compiles files to Java sources in a folder, for {@code gradc compile} and the Maven goal. */
public final class Compilation {

    private Compilation() {}

    /**
     * What to compile, how.
     *
     * @param files the paths of the sources
     * @param destination the root that the packages' folders are written to
     * @param sourceRoot where the sources' packages begin: the folder of a source below it is its package
     * @param packageName the package of sources that name none, instead of the folder's
     * @param settings sizes of networks, by name
     */
    public record Request(
            List<String> files,
            Path destination,
            Optional<Path> sourceRoot,
            Optional<String> packageName,
            Precision precision,
            Map<String, Double> settings) {
        public Request {
            files = List.copyOf(files);
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Compiles all files, then writes what became of them; if one is in error, nothing is written.
     *
     * @return what was written
     * @throws Faults with what is wrong with each file
     */
    public static List<Path> run(Request request, Dumps dumps) {
        return DeepStack.call(() -> {
            Compiler compiler = new Compiler(dumps);
            Generator generator = new Generator(compiler, new Options(request.precision()));
            List<GeneratedFile> generated = new ArrayList<>();
            Faults.forEach(request.files(), path -> {
                SourceFile source = Sources.read(path);
                Unit unit = compiler.check(source, request.settings());
                generated.addAll(generator.generate(unit, packageOf(unit, path, request)));
            });
            refuseTwins(generated);
            OutputFolder folder = new OutputFolder(request.destination());
            List<Path> written = new ArrayList<>();
            generated.forEach(file -> {
                folder.write(file.path(), file.text());
                written.add(request.destination().resolve(file.path()));
            });
            return written;
        });
    }

    /** The package that the source names, or the one that was asked for, or its folder below the source root. */
    private static String packageOf(Unit unit, String path, Request request) {
        return unit.packageName()
                .or(request::packageName)
                .orElseGet(() ->
                        request.sourceRoot().map(root -> folderOf(path, root)).orElse(""));
    }

    private static String folderOf(String path, Path root) {
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

    private static void refuseTwins(List<GeneratedFile> generated) {
        Map<String, GeneratedFile> byPath = new LinkedHashMap<>();
        for (GeneratedFile file : generated) {
            if (byPath.put(file.path(), file) != null) {
                throw new DataException(file.path(), "two sources would be compiled to this file");
            }
        }
    }
}
