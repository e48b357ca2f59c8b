package dev.gradc.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that are known at a place, each hiding the same name further out. */
final class Scope {

    private final Optional<Scope> outer;
    private final Map<String, Value> names = new LinkedHashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope empty() {
        return new Scope(Optional.empty());
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void bind(String name, Value value) {
        names.put(name, value);
    }

    void unbind(String name) {
        names.remove(name);
    }

    boolean declaresHere(String name) {
        return names.containsKey(name);
    }

    Optional<Value> find(String name) {
        Value value = names.get(name);
        return value != null ? Optional.of(value) : outer.flatMap(scope -> scope.find(name));
    }

    /** Every name that {@link #find} finds. */
    Set<String> names() {
        Set<String> all = new LinkedHashSet<>(names.keySet());
        outer.ifPresent(scope -> all.addAll(scope.names()));
        return all;
    }
}
