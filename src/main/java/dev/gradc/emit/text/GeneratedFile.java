package dev.gradc.emit.text;

/**
 * A file of generated code.
 *
 * @param path where it belongs under a source root, as {@code com/acme/Rings.java}
 */
public record GeneratedFile(String path, String text) {

    /** {@code com.acme.Rings}. */
    public String className() {
        return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    }
}
