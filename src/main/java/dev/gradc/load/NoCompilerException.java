package dev.gradc.load;

/** Java sources cannot be compiled here: this is a runtime without the JDK's compiler. */
public final class NoCompilerException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1;

    NoCompilerException() {
        super("this Java runtime (" + System.getProperty("java.home")
                + ") has no compiler: a JDK is needed, or a runtime image with the module jdk.compiler");
    }
}
