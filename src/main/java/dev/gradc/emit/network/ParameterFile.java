package dev.gradc.emit.network;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Precision;

/** The class that reads and writes the parameters of a model. */
public final class ParameterFile {

    private ParameterFile() {}

    public static GeneratedFile write(String packageName, String model, Precision precision) {
        return new Template("ParameterFile.template")
                .put("MODEL", model)
                .put(precision)
                .write(packageName, model + "File");
    }
}
