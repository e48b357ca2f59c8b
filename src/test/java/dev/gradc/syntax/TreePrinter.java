package dev.gradc.syntax;

import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a surface tree as compact S-expressions: every record with its parts, but without positions. */
final class TreePrinter {

    private TreePrinter() {}

    /** One declaration a line, and the statements of its body below it. */
    static String print(SourceUnit unit) {
        List<String> lines = new ArrayList<>();
        unit.packageName().ifPresent(name -> lines.add("(package " + name + ")"));
        unit.imports().forEach(path -> lines.add("(import \"" + path.path() + "\")"));
        unit.declarations().forEach(declaration -> lines.add(print(declaration)));
        return String.join("\n", lines);
    }

    static String print(Object value) {
        if (value instanceof Term.Name name) {
            return name.text();
        } else if (value instanceof Term.Numeral numeral) {
            return Double.toString(numeral.value()).replaceAll("\\.0$", "");
        } else if (value instanceof Term.At at) {
            return print(at.index());
        } else if (value instanceof Optional<?> optional) {
            return optional.map(TreePrinter::print).orElse("-");
        } else if (value instanceof List<?> list) {
            String separator = list.stream().anyMatch(Statement.class::isInstance) ? "\n  " : " ";
            String start = separator.isBlank() && separator.length() > 1 ? separator : "";
            return "[" + start + list.stream().map(TreePrinter::print).collect(Collectors.joining(separator)) + "]";
        } else if (value instanceof String text && text.matches("[^\\p{L}\\s]+")) {
            return text;
        } else if (value instanceof String text) {
            return '"' + text.replace("\n", "\\n") + '"';
        } else if (value instanceof Record node) {
            return "(" + components(node) + ")";
        }
        return value.toString();
    }

    private static String components(Record node) {
        List<String> parts = new ArrayList<>();
        boolean operator = node instanceof Term.Binary || node instanceof Term.Unary;
        boolean named = node instanceof Term.Call || node instanceof Term.Comprehension || node instanceof Term.Binder;
        if (!operator && !named && !(node instanceof Term.Argument)) {
            String name = node.getClass().getSimpleName();
            parts.add(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        }
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object part = value(node, component);
            boolean position = part instanceof Span || part instanceof SourceFile;
            boolean absent = part.equals(Optional.empty()) || part.equals("") || part.equals(List.of());
            boolean flag = part instanceof Boolean;
            if (flag && (Boolean) part) {
                parts.add(component.getName());
            } else if (!position && !absent && !flag) {
                boolean clause = (!(node instanceof Term) && part instanceof List<?>)
                        || component.getName().equals("low");
                parts.add((clause ? component.getName() + "=" : "") + print(part));
            }
        }
        return String.join(" ", parts);
    }

    private static Object value(Record node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }
}
