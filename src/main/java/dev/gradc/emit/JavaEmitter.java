package dev.gradc.emit;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the Java of a unit: a class of functions, or the classes of a network. The same input gives the same bytes. */
public final class JavaEmitter {

    private static final Pattern EMPTY_BLOCK = Pattern.compile("\\{\\n *\\}");

    private JavaEmitter() {}

    /**
     * The class of functions {@code packageName.className}.
     *
     * @param packageName empty for the unnamed package
     */
    public static GeneratedFile functions(
            String packageName, String className, String documentation, List<MethodUnit> methods, Options options) {
        return file(packageName, new FunctionsClass().write(Identifiers.identifier(className), documentation, methods));
    }

    private static GeneratedFile file(String packageName, TypeSpec type) {
        String text = JavaFile.builder(packageName, type)
                .indent("    ")
                .skipJavaLangImports(true)
                .build()
                .toString();
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new GeneratedFile(folder + type.name() + ".java", tidy(text));
    }

    /** Without blanks at the ends of lines, and with {@code {}} for an empty block. */
    private static String tidy(String text) {
        StringBuilder result = new StringBuilder();
        text.lines().forEach(line -> result.append(line.stripTrailing()).append('\n'));
        return EMPTY_BLOCK.matcher(result).replaceAll("{}");
    }
}
