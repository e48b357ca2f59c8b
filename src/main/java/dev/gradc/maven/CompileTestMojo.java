package dev.gradc.maven;

import java.io.File;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Compiles the formulas and networks that only the tests of a project use; else it is as <code>gradc:compile</code>.
 */
@Mojo(name = "compile-test", defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES, threadSafe = true)
public final class CompileTestMojo extends AbstractCompileMojo {

    /**
     * Where the sources are and their packages begin. An import of a source cannot leave this folder.
     */
    @Parameter(defaultValue = "${project.basedir}/src/test/nn")
    private File sourceDirectory;

    /**
     * Where the Java sources are written, as a root of packages.
     */
    @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/gradc")
    private File outputDirectory;

    /**
     * Does nothing, as no tests are compiled either.
     */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    private boolean skipTests;

    @Override
    File sourceDirectory() {
        return sourceDirectory;
    }

    @Override
    String twinDirectory() {
        return "src/main/nn";
    }

    @Override
    File outputDirectory() {
        return outputDirectory;
    }

    @Override
    boolean skips() {
        return skipTests || super.skips();
    }

    @Override
    void addSourceRoot(MavenProject project, String root) {
        project.addTestCompileSourceRoot(root);
    }
}
