package dev.gradc.check.scope;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that are known at a place, each hiding the same name further out. */
public final class Scope {

    private final Optional<Scope> outer;
    private final Map<String, Value> names = new LinkedHashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    public static Scope empty() {
        return new Scope(Optional.empty());
    }

    public Scope inner() {
        return new Scope(Optional.of(this));
    }

    public void bind(String name, Value value) {
        names.put(name, value);
    }

    public void unbind(String name) {
        names.remove(name);
    }

    public boolean declaresHere(String name) {
        return names.containsKey(name);
    }

    public Optional<Value> find(String name) {
        Value value = names.get(name);
        return value != null ? Optional.of(value) : outer.flatMap(scope -> scope.find(name));
    }

    /** Every name that {@link #find} finds. */
    public Set<String> names() {
        Set<String> all = new LinkedHashSet<>(names.keySet());
        outer.ifPresent(scope -> all.addAll(scope.names()));
        return all;
    }
}
