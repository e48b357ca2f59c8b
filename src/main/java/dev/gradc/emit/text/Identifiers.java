package dev.gradc.emit.text;

import dev.gradc.ir.Function;
import dev.gradc.ir.Numbering;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Identifiers that are valid in Java and taken only once in their scope. Inner scopes see the names of outer ones. */
public final class Identifiers {

    /** What a variable must not be called, because code means the class or, as a statement, something else. */
    private static final Set<String> RESERVED = Set.of(
            "Math", "StrictMath", "Arrays", "Objects", "Random", "Double", "Float", "System", "yield", "record", "var");

    /** What a class must not be called, because generated code means another one by that name. */
    private static final Set<String> CLASSES = Set.of(
            "ArrayList",
            "AtomicInteger",
            "AtomicMoveNotSupportedException",
            "AutoCloseable",
            "ByteBuffer",
            "ByteOrder",
            "Error",
            "FileChannel",
            "Files",
            "IOException",
            "IllegalArgumentException",
            "Integer",
            "LinkedHashMap",
            "List",
            "LockSupport",
            "Long",
            "Map",
            "Override",
            "Parameter",
            "Path",
            "RuntimeException",
            "StandardCharsets",
            "StandardCopyOption",
            "StandardOpenOption",
            "String",
            "StringBuilder",
            "Thread",
            "Throwable");

    private static final Set<String> OBJECT_METHODS =
            Set.of("getClass", "hashCode", "toString", "notify", "notifyAll", "wait", "clone", "finalize");

    private final Identifiers outer;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counters = new HashMap<>();

    private Identifiers(Identifiers outer) {
        this.outer = outer;
    }

    public static Identifiers top() {
        return new Identifiers(null);
    }

    /** The names of the methods of a class, without those that every object has. */
    public static Identifiers ofMethods() {
        Identifiers names = top();
        names.taken.addAll(OBJECT_METHODS);
        return names;
    }

    /** A scope inside this one. */
    public Identifiers inner() {
        return new Identifiers(this);
    }

    /** An identifier like {@code wanted}: the same, or with a counter if it is taken. */
    public String claim(String wanted) {
        String identifier = identifier(wanted);
        if (take(identifier)) {
            return identifier;
        }
        String stem = Numbering.stem(identifier);
        // From where the last search for this stem ended: a formula may have a hundred thousand of them.
        int counter = counters.getOrDefault(stem, 2);
        while (!take(stem + counter)) {
            counter++;
        }
        counters.put(stem, counter + 1);
        return stem + counter;
    }

    private boolean take(String identifier) {
        for (Identifiers scope = this; scope != null; scope = scope.outer) {
            if (scope.taken.contains(identifier)) {
                return false;
            }
        }
        return taken.add(identifier);
    }

    /** {@code hW} for {@code h.W}, {@code class_} for {@code class}, {@code _1} for {@code 1}. */
    public static String identifier(String name) {
        StringBuilder result = new StringBuilder();
        boolean capital = false;
        for (int codePoint : name.codePoints().toArray()) {
            if (codePoint == '.') {
                capital = !result.isEmpty();
                continue;
            }
            boolean valid = codePoint != '$'
                    && (Character.isJavaIdentifierPart(codePoint) && !Character.isIdentifierIgnorable(codePoint));
            if (result.isEmpty() && valid && !Character.isJavaIdentifierStart(codePoint)) {
                result.append('_');
            }
            result.appendCodePoint(valid ? (capital ? Character.toUpperCase(codePoint) : codePoint) : '_');
            capital = false;
        }
        String identifier = result.toString();
        boolean usable = !identifier.isEmpty()
                && SourceVersion.isName(identifier, SourceVersion.RELEASE_17)
                && !RESERVED.contains(identifier);
        return usable ? identifier : identifier + "_";
    }

    /** The name of the method that applies {@code function} to rows. */
    public static String method(Function function) {
        return identifier(function.symbol());
    }

    /** {@code Rings}, the name of a class; {@code String_} for {@code String}. */
    public static String className(String name) {
        String identifier = identifier(name);
        return CLASSES.contains(identifier) ? identifier + "_" : identifier;
    }

    /** {@code discriminatorLoss} from {@code discriminator} and {@code Loss}; {@code loss} from nothing and {@code Loss}. */
    public static String joined(String first, String second) {
        if (first.isEmpty()) {
            return identifier(second.substring(0, 1).toLowerCase(Locale.ROOT) + second.substring(1));
        }
        return identifier(first + second);
    }
}
