package dev.gradc.build;

import dev.gradc.data.DataException;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Checked;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Declared;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Dumps;
import dev.gradc.pipeline.Imports;
import dev.gradc.pipeline.Sizes;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.LimitException;
import dev.gradc.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Compiles files to Java sources in a folder, for {@code gradc compile} and the Maven goal. */
public final class Compilation {

    private Compilation() {}

    /**
     * What to compile, how.
     *
     * @param files the paths of the sources; one that is named twice is compiled once
     * @param destination the root that the packages' folders are written to
     * @param sourceRoot where the sources' packages begin: the folder of a source below it is its package
     * @param packageName the package of sources that name none, instead of the folder's
     * @param backend what networks multiply matrices with
     * @param settings sizes of networks, by name
     * @param sharing sources that are compiled by another request, with the same settings: a size may be one of their networks'
     * @param product what to write
     */
    public record Request(
            List<String> files,
            Path destination,
            Optional<Path> sourceRoot,
            Optional<String> packageName,
            Precision precision,
            Backend backend,
            Map<String, Double> settings,
            List<String> sharing,
            Product product) {
        public Request {
            files = files.stream().distinct().toList();
            settings = Map.copyOf(settings);
            sharing = List.copyOf(sharing);
        }

        /** A request for the classes. */
        public Request(
                List<String> files,
                Path destination,
                Optional<Path> sourceRoot,
                Optional<String> packageName,
                Precision precision,
                Backend backend,
                Map<String, Double> settings) {
            this(files, destination, sourceRoot, packageName, precision, backend, settings, List.of(), Product.CLASSES);
        }

        /** The same beside sources that another request compiles with the same settings. */
        public Request sharingWith(List<String> others) {
            return new Request(
                    files, destination, sourceRoot, packageName, precision, backend, settings, others, product);
        }

        /** The request for the tests of these classes, as sources of tests. */
        public Request gradientTests(Path testDestination) {
            return new Request(
                    files,
                    testDestination,
                    sourceRoot,
                    packageName,
                    precision,
                    backend,
                    settings,
                    sharing,
                    Product.GRADIENT_TESTS);
        }

        /** What it says about the generated code. */
        Options options() {
            return new Options(precision, backend);
        }
    }

    /** What can be made of a source. */
    public enum Product {
        /** Its classes. */
        CLASSES,
        /** JUnit tests that compare the derivatives of its classes with finite differences. */
        GRADIENT_TESTS
    }

    /**
     * Compiles all files, then writes what became of them; if one is in error, nothing is written.
     *
     * @return what was written
     * @throws Faults with what is wrong with each file
     * @throws DataException if no network has a size that is set
     */
    public static List<Path> run(Request request, Dumps dumps) {
        List<GeneratedFile> generated = generate(request, dumps);
        OutputFolder folder = new OutputFolder(request.destination()).made();
        generated.forEach(file -> folder.write(file.path(), file.text()));
        return generated.stream()
                .map(file -> request.destination().resolve(file.path()))
                .toList();
    }

    /** What becomes of all files, nothing of it written yet. */
    static List<GeneratedFile> generate(Request request, Dumps dumps) {
        Set<String> sizes = new HashSet<>();
        Compiler compiler = new Compiler(dumps);
        Generator generator = new Generator(compiler, request.options());
        Origins origins = new Origins();
        List<GeneratedFile> generated = new ArrayList<>();
        Faults.forEach(request.files(), path -> {
            generated.addAll(deep(path, () -> {
                SourceFile source = Sources.read(path);
                Checked checked = check(compiler, source, request);
                sizes.addAll(checked.sizes());
                String packageName = Packages.of(checked.unit(), path, request.packageName(), request.sourceRoot());
                return origins.filesOf(
                        checked.unit(),
                        source,
                        part -> request.product() == Product.CLASSES
                                ? generator.generate(part, packageName)
                                : generator.gradientTests(part, packageName));
            }));
        });
        checkSizes(request, sizes);
        return generated;
    }

    /** @param known the sizes of the networks that are compiled; only for another one those that share the settings are read */
    private static void checkSizes(Request request, Set<String> known) {
        if (request.files().isEmpty() || known.containsAll(request.settings().keySet())) {
            return;
        }
        for (String path : request.sharing()) {
            known.addAll(deep(path, () -> Declared.sizes(Sources.read(path))));
        }
        Sizes.check(request.settings().keySet(), known, String.join(", ", request.files()));
    }

    private static Checked check(Compiler compiler, SourceFile source, Request request) {
        Path imports = request.sourceRoot().orElseGet(() -> Imports.rootOf(source));
        return compiler.checked(source, imports, request.settings());
    }

    /** The result of {@code work} on a file, which is named if it asks too much of this machine. */
    private static <T> T deep(String path, Callable<T> work) {
        try {
            return DeepStack.call(work);
        } catch (LimitException e) {
            throw new DataException(path, e.getMessage());
        }
    }
}
