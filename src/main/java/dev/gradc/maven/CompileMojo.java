package dev.gradc.maven;

import java.io.File;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Compiles the formulas and networks of a project, its <code>.nn</code> files, to Java sources that become part of the project.
 *
 * <p>The folder of a source below <code>src/main/nn</code> is the package of its classes. Nothing is done when nothing has changed:
 * sources, parameters, version of the compiler. What a deleted or renamed source left behind is removed.
 */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class CompileMojo extends AbstractCompileMojo {

    /**
     * Where the sources are and their packages begin. An import of a source cannot leave this folder.
     */
    @Parameter(defaultValue = "${project.basedir}/src/main/nn")
    private File sourceDirectory;

    /**
     * Where the Java sources are written, as a root of packages.
     */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/gradc")
    private File outputDirectory;

    @Override
    File sourceDirectory() {
        return sourceDirectory;
    }

    @Override
    String twinDirectory() {
        return "src/test/nn";
    }

    @Override
    File outputDirectory() {
        return outputDirectory;
    }

    @Override
    void addSourceRoot(MavenProject project, String root) {
        project.addCompileSourceRoot(root);
    }
}
