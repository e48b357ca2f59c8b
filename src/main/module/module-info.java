/**
 * A compiler for derivatives, for programs that use it as a library; {@link dev.gradc} says what for. Whatever is not exported may change.
 */
module dev.gradc {
    requires com.fasterxml.jackson.core;
    requires com.palantir.javapoet;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires java.compiler;
    requires org.antlr.antlr4.runtime;
    // Only the commands draw.
    requires static me.tongfei.progressbar;
    requires static org.eclipse.elk.alg.layered;
    requires static org.eclipse.elk.core;
    requires static org.eclipse.elk.graph;

    exports dev.gradc;
    exports dev.gradc.data;
    exports dev.gradc.print;
    exports dev.gradc.source;

    opens dev.gradc.cli to
            info.picocli;
}
