package dev.gradc.emit;

import dev.gradc.ir.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The class that reads and writes the parameters of a model: a template, as nothing but names and types changes. */
final class ParameterFile {

    private ParameterFile() {}

    static GeneratedFile write(String packageName, String model, Precision precision) {
        boolean single = precision == Precision.FLOAT;
        String className = model + "File";
        String text = template()
                .replace("MODEL", model)
                .replace("CLASS", className)
                .replace("DTYPE", single ? "F32" : "F64")
                .replace("TYPE", single ? "float" : "double")
                .replace("BOXED", single ? "Float" : "Double")
                .replace("CAST", single ? "(float) " : "");
        String header = packageName.isEmpty() ? "" : "package " + packageName + ";\n\n";
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new GeneratedFile(folder + className + ".java", header + text);
    }

    private static String template() {
        try (InputStream in = ParameterFile.class.getResourceAsStream("ParameterFile.template")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
