package dev.gradc.emit;

import dev.gradc.ir.Precision;

/** The class that reads and writes the parameters of a model. */
final class ParameterFile {

    private ParameterFile() {}

    static GeneratedFile write(String packageName, String model, Precision precision) {
        return new Template("ParameterFile.template")
                .put("MODEL", model)
                .put(precision)
                .write(packageName, model + "File");
    }
}
