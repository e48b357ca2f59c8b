package dev.gradc.lower.code;

import dev.gradc.ir.Definition;
import java.util.List;

/** A local variable of the generated code. Two are equal only if they are the same object: hints may repeat. */
public final class Local {

    private final String hint;
    private final Type type;
    private final List<Definition> definitions;

    /**
     * @param hint what it would like to be called; empty if nothing suggests itself
     * @param definitions the lines of the program that define it, for a comment; often none
     */
    public Local(String hint, Type type, List<Definition> definitions) {
        this.hint = hint;
        this.type = type;
        this.definitions = List.copyOf(definitions);
    }

    /** What a variable holds. */
    public enum Type {
        REAL,
        INTEGER,
        CONDITION,
        /** A condition as a number all of whose bits are set where it holds, and none where it does not. */
        MASK
    }

    public String hint() {
        return hint;
    }

    public Type type() {
        return type;
    }

    public List<Definition> definitions() {
        return definitions;
    }

    @Override
    public String toString() {
        return hint.isEmpty() ? "local" : hint;
    }
}
