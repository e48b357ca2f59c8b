package dev.gradc.maven;

import dev.gradc.build.Compilation;
import dev.gradc.build.Faults;
import dev.gradc.build.IncrementalCompilation;
import dev.gradc.data.DataException;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Dumps;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.util.DirectoryScanner;

/** What the two goals have in common: the options of {@code gradc compile} as parameters, and the run of the compiler. */
abstract class AbstractCompileMojo extends AbstractMojo {

    /**
     * Which files of the source directory to compile, as Ant patterns.
     */
    @Parameter(property = "gradc.includes", defaultValue = "**/*.nn")
    private String[] includes;

    /**
     * Which of these files not to compile, as Ant patterns; other sources may still import them.
     */
    @Parameter(property = "gradc.excludes")
    private String[] excludes;

    /**
     * The package of sources that name none, instead of their folder.
     */
    @Parameter(property = "gradc.package")
    private String packageName;

    /**
     * What networks compute with, <code>float</code> or <code>double</code>. Functions always compute with <code>double</code>.
     */
    @Parameter(property = "gradc.precision", defaultValue = "double")
    private String precision;

    /**
     * What networks multiply matrices with: <code>portable</code>, plain Java; or <code>vector</code>, which is faster and needs
     * <code>--add-modules jdk.incubator.vector</code> to compile (as an argument of the compiler plugin) and to run.
     */
    @Parameter(property = "gradc.backend", defaultValue = "portable")
    private String backend;

    /**
     * Sizes of networks that replace their defaults, by name, as <code>&lt;hidden&gt;16&lt;/hidden&gt;</code>. One that no network has
     * is an error; it may be one of a network among the sources of the other goal, <code>compile</code> or <code>compile-test</code>.
     */
    @Parameter
    private Map<String, String> set = Map.of();

    /**
     * Adds a JUnit 5 test for each class to the tests of the project, which compares its derivatives with finite differences. JUnit must
     * be among the project's dependencies.
     */
    @Parameter(property = "gradc.checkGradients", defaultValue = "false")
    private boolean checkGradients;

    /**
     * Where these tests are written, as a root of packages.
     */
    @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/gradc-checks")
    private File checkDirectory;

    /**
     * Logs the programs after a pass of the compiler: <code>check</code>, <code>stabilize</code>, <code>differentiate</code>,
     * <code>simplify</code> or <code>regroup</code>. All sources are compiled then, changed or not.
     */
    @Parameter(property = "gradc.dumpAfter")
    private String dumpAfter;

    /**
     * Does nothing at all: what an earlier build generated is not part of this one.
     */
    @Parameter(property = "gradc.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    private BuildContext buildContext;

    /** An IDE still comes by the name that the interface had first. */
    @Inject
    private org.sonatype.plexus.build.incremental.BuildContext ide;

    abstract File sourceDirectory();

    /** Where the sources of the twin goal are by convention; it often has the same parameters. */
    abstract String twinDirectory();

    abstract File outputDirectory();

    abstract void addSourceRoot(MavenProject to, String root);

    boolean skips() {
        return skip;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skips()) {
            getLog().info("Skipped");
            return;
        }
        addSourceRoot(project, outputDirectory().getPath());
        List<String> sources = sources(sourceDirectory());
        Findings findings = new Findings(getLog(), buildContext, ide);
        findings.forget(sources);
        try {
            report(sources, IncrementalCompilation.run(request(sources), memory(""), dumps()));
            addGradientTests(sources);
        } catch (Faults faults) {
            throw findings.failure(faults);
        } catch (DataException call) {
            throw new MojoExecutionException(call.getMessage(), call);
        }
    }

    /** If they are not wanted, those of an earlier build are removed. */
    private void addGradientTests(List<String> sources) throws MojoExecutionException {
        if (checkGradients) {
            project.addTestCompileSourceRoot(checkDirectory.getPath());
        }
        Compilation.Request request = request(checkGradients ? sources : List.of());
        refresh(IncrementalCompilation.run(
                request.gradientTests(checkDirectory.toPath()), memory("-checks"), Dumps.NONE));
    }

    /** The sources by their absolute paths, which an IDE can follow wherever the build was started. */
    private List<String> sources(File directory) {
        if (!directory.isDirectory()) {
            return List.of();
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(directory);
        scanner.setIncludes(includes);
        scanner.setExcludes(excludes);
        scanner.addDefaultExcludes();
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles())
                .map(file -> new File(directory, file).getPath())
                .sorted()
                .toList();
    }

    private Compilation.Request request(List<String> sources) throws MojoExecutionException {
        return new Compilation.Request(
                        sources,
                        outputDirectory().toPath(),
                        Optional.of(sourceDirectory().toPath()),
                        Optional.ofNullable(packageName),
                        choice("precision", Precision.values(), precision),
                        choice("backend", Backend.values(), backend),
                        sizes())
                .sharingWith(sources(new File(project.getBasedir(), twinDirectory())));
    }

    private Map<String, Double> sizes() throws MojoExecutionException {
        Map<String, Double> sizes = new TreeMap<>();
        for (Map.Entry<String, String> size : set.entrySet()) {
            try {
                sizes.put(size.getKey(), Double.valueOf(String.valueOf(size.getValue())));
            } catch (NumberFormatException e) {
                throw new MojoExecutionException("set: " + size.getKey() + " is a number, not " + size.getValue(), e);
            }
        }
        return sizes;
    }

    /** The one of {@code values} that is called {@code name}, in any case. */
    private static <E extends Enum<E>> E choice(String parameter, E[] values, String name)
            throws MojoExecutionException {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new MojoExecutionException(parameter + " is one of "
                        + Arrays.toString(values).toLowerCase(Locale.ROOT) + ", not " + name));
    }

    private Dumps dumps() throws MojoExecutionException {
        if (dumpAfter == null) {
            return Dumps.NONE;
        }
        if (!Dumps.PASSES.contains(dumpAfter)) {
            throw new MojoExecutionException("dumpAfter is one of " + Dumps.PASSES + ", not " + dumpAfter);
        }
        return Dumps.after(dumpAfter, getLog()::info);
    }

    /** One file for each execution, so that several can write to one folder. */
    private Path memory(String suffix) {
        // The goal by itself, without a phase, goes on with what the unnamed execution of the build began.
        String id = execution.getExecutionId().replace("default-cli", "default");
        return Path.of(project.getBuild().getDirectory(), "gradc", execution.getGoal() + "-" + id + suffix + ".txt");
    }

    /** Tells an IDE which files have changed. */
    private void refresh(IncrementalCompilation.Outcome outcome) {
        Stream.concat(outcome.written().stream(), outcome.deleted().stream())
                .map(Path::toFile)
                .forEach(buildContext::refresh);
    }

    private void report(List<String> sources, IncrementalCompilation.Outcome outcome) {
        refresh(outcome);
        if (sources.isEmpty() && outcome.upToDate()) {
            getLog().info("No sources to compile");
        } else if (outcome.upToDate()) {
            getLog().info("Nothing to compile: all sources are up to date");
        } else {
            getLog().info("Compiled " + sources.size() + (sources.size() == 1 ? " source" : " sources") + " to "
                    + shown(outputDirectory()) + ": " + outcome.written().size() + " written, "
                    + outcome.deleted().size() + " deleted");
        }
    }

    /** Relative to the project, if it is a part of it. */
    private Path shown(File folder) {
        Path base = project.getBasedir().toPath();
        return folder.toPath().startsWith(base) ? base.relativize(folder.toPath()) : folder.toPath();
    }
}
