package dev.gradc.cli;

import dev.gradc.build.Compilation;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Dumps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compile",
        description = "Write the Java sources that files of functions and networks compile to.",
        footer = {
            "",
            "Examples:",
            "  gradc compile samples/rings.nn -d out",
            "  gradc compile src/main/nn/com/acme/options.nn --source-root src/main/nn -d out",
            "  gradc compile samples/rings.nn --set hidden=16 --package com.acme -d out",
            "",
            "The package is what the file says, else --package, else the file's folder below",
            "--source-root. The paths of the files that were written are printed."
        })
final class CompileCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The sources; '-' is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where to write, as a root of packages; the present folder by default.")
    private Path directory;

    @Option(names = "--source-root", paramLabel = "DIR", description = "Where the packages of the sources begin.")
    private Path sourceRoot;

    @Option(names = "--package", paramLabel = "P", description = "The package of sources that name none.")
    private String packageName;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "double",
            description = "What networks compute with, float or double; double by default.")
    private Precision precision;

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            defaultValue = "portable",
            description =
                    "What networks multiply matrices with: portable, plain Java; or vector, which is faster and is "
                            + "compiled and run with --add-modules jdk.incubator.vector. Portable by default.")
    private Backend backend;

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of a network.")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Option(
            names = "--check-gradients",
            description =
                    "Add a JUnit 5 test beside each class, which compares its derivatives with finite differences.")
    private boolean checkGradients;

    @Option(
            names = "--dump-after",
            paramLabel = "PASS",
            description = "Print the programs after a pass to the standard error: check, stabilize, differentiate, "
                    + "simplify or regroup.")
    private String dumpAfter;

    @Override
    public Integer call() {
        if (dumpAfter != null && !Dumps.PASSES.contains(dumpAfter)) {
            throw usage("--dump-after is one of " + String.join(", ", Dumps.PASSES) + ", not '" + dumpAfter + "'");
        }
        if (packageName != null
                && !packageName.isEmpty()
                && !SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
            throw usage("--package is a name in Java, such as com.acme, not '" + packageName + "'");
        }
        Dumps dumps = dumpAfter == null
                ? Dumps.NONE
                : Dumps.after(dumpAfter, spec.commandLine().getErr()::println);
        Compilation.Request request = new Compilation.Request(
                files,
                directory,
                Optional.ofNullable(sourceRoot),
                Optional.ofNullable(packageName),
                precision,
                backend,
                settings);
        Compilation.run(request, dumps).forEach(spec.commandLine().getOut()::println);
        if (checkGradients) {
            Compilation.run(request.gradientTests(directory), Dumps.NONE)
                    .forEach(spec.commandLine().getOut()::println);
        }
        return ExitStatus.DONE;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
