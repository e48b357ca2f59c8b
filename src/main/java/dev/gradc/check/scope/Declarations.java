package dev.gradc.check.scope;

import dev.gradc.library.Library;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.SourceUnit;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the files of one level declare: the library, or a user's file with its imports, whose names hide the library's.
 */
public final class Declarations {

    private final Optional<Declarations> outer;
    private final Meaning meaning;
    private final Set<SourceFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, List<Declaration>> callables = new LinkedHashMap<>();
    private final Map<String, Declaration> others = new LinkedHashMap<>();
    private final Map<Declaration, TableFunction> rows = new IdentityHashMap<>();
    private final Map<String, Value> constants = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Map<Declaration.Layer, Boolean> owning = new IdentityHashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<Declaration> called = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A declaration and the level it stands in, where the names in its body are looked up. */
    public record Found<D extends Declaration>(D declaration, Declarations home) {}

    /** What the terms in declarations mean: that is for others to know. */
    public interface Meaning {

        /** The value of a constant; of a tensor, its shape. */
        Value constant(Found<Declaration.Constant> found, Diagnostics diagnostics);

        /** The row of the derivative table for a native function, or for one with a rule of its own. */
        TableFunction row(Declaration declaration, Declarations home);

        /** The derivative table of operators, and the rules. */
        Library library();
    }

    private Declarations(Optional<Declarations> outer, Meaning meaning) {
        this.outer = outer;
        this.meaning = meaning;
    }

    /** The outermost level. */
    public static Declarations outermost(Meaning meaning) {
        return new Declarations(Optional.empty(), meaning);
    }

    /** One more level, whose names hide those of this one. */
    public Declarations inner() {
        return new Declarations(Optional.of(this), meaning);
    }

    public Library library() {
        return meaning.library();
    }

    /** Adds what a file declares. */
    public void add(SourceUnit unit, Diagnostics diagnostics) {
        for (Declaration declaration : unit.declarations()) {
            Name name = name(declaration);
            if (name == null) {
                continue;
            }
            files.add(name.span().file());
            List<Declaration> functions = callables.getOrDefault(name.text(), List.of());
            boolean callable = isCallable(declaration);
            Optional<Declaration> twin = functions.stream()
                    .filter(other -> !callable || sameSignature(other, declaration))
                    .findFirst()
                    .or(() -> Optional.ofNullable(others.get(name.text())));
            if (twin.isPresent()) {
                diagnostics.error(
                        name.span(),
                        name.text() + " is declared twice",
                        "the first is at " + name(twin.get()).span());
            } else if (callable) {
                callables.computeIfAbsent(name.text(), key -> new ArrayList<>()).add(declaration);
            } else {
                others.put(name.text(), declaration);
            }
        }
    }

    /** Notes that the file has lines that could not be read, in which these names stand. */
    public void lose(Set<String> names) {
        lost.addAll(names);
    }

    /** Whether there are lines that could not be read. */
    public boolean isIncomplete() {
        return !lost.isEmpty();
    }

    /** Says that {@code name} stands for nothing, unless a line that could not be read may say for what. */
    public void unknown(Name name, String what, Collection<String> known, Diagnostics diagnostics) {
        if (Arrays.stream(name.text().split("\\.")).noneMatch(lost::contains)) {
            diagnostics.report(NotFound.unknown(name, what, known));
        }
    }

    /** Whether {@code place} is in the library, and this is it. */
    public boolean isLibraryWith(Span place) {
        return outer.isEmpty() && files.contains(place.file());
    }

    /** For layers whether they make parameters, as far as that has been asked. */
    Map<Declaration.Layer, Boolean> owning() {
        return owning;
    }

    /** The functions and layers of this name: those of the innermost level that has any. */
    public List<Found<Declaration>> callables(String name) {
        List<Declaration> here = callables.get(name);
        if (here != null) {
            return here.stream()
                    .map(declaration -> new Found<>(declaration, this))
                    .toList();
        }
        return outer.map(level -> level.callables(name)).orElse(List.of());
    }

    /** The constant, optimizer or initializer of this name. */
    public <D extends Declaration> Optional<Found<D>> find(String name, Class<D> kind) {
        Declaration here = others.get(name);
        if (kind.isInstance(here)) {
            return Optional.of(new Found<>(kind.cast(here), this));
        }
        return outer.flatMap(level -> level.find(name, kind));
    }

    /** The value of a constant that is declared at this level or outside; of a tensor, its shape. */
    public synchronized Optional<Value> constant(String name, Diagnostics diagnostics) {
        Value known = constants.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Found<Declaration.Constant>> found = find(name, Declaration.Constant.class);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!open.add(name)) {
            diagnostics.error(
                    found.get().declaration().name().span(), "the constant " + name + " is defined by itself");
            return Optional.of(Value.INVALID);
        }
        Value value = meaning.constant(found.get(), diagnostics);
        open.remove(name);
        constants.put(name, value);
        return Optional.of(value);
    }

    /** Works out every constant of this level. */
    public void checkConstants(Diagnostics diagnostics) {
        others.forEach((name, declaration) -> {
            if (declaration instanceof Declaration.Constant) {
                constant(name, diagnostics);
            }
        });
    }

    /** Notes that a function or layer of this level has been put in the place of a call. */
    public synchronized void call(Declaration callable) {
        called.add(callable);
    }

    /** Whether {@link #call} has been told of it. */
    public boolean isCalled(Declaration callable) {
        return called.contains(callable);
    }

    /** The row of the derivative table for a native function, or for one with a rule of its own. */
    public synchronized TableFunction row(Declaration declaration) {
        return rows.computeIfAbsent(declaration, key -> meaning.row(key, this));
    }

    /** Every name that a term can use here. */
    public Set<String> names(Class<? extends Declaration> kind) {
        Set<String> names = new LinkedHashSet<>();
        others.forEach((name, declaration) -> {
            if (kind.isInstance(declaration)) {
                names.add(name);
            }
        });
        outer.ifPresent(level -> names.addAll(level.names(kind)));
        return names;
    }

    public Set<String> callableNames() {
        Set<String> names = new LinkedHashSet<>(callables.keySet());
        outer.ifPresent(level -> names.addAll(level.callableNames()));
        return names;
    }

    public static List<Parameter> parameters(Declaration callable) {
        if (callable instanceof Declaration.Function function) {
            return function.parameters();
        } else if (callable instanceof Declaration.Native row) {
            return row.parameters();
        }
        return ((Declaration.Layer) callable).parameters();
    }

    private static boolean isCallable(Declaration declaration) {
        return declaration instanceof Declaration.Function
                || declaration instanceof Declaration.Native
                || declaration instanceof Declaration.Layer;
    }

    /** Overloads differ in the number of their parameters, or in the ranks of them. */
    private static boolean sameSignature(Declaration a, Declaration b) {
        return parameters(a).stream()
                        .map(p -> p.dimensions().size())
                        .toList()
                        .equals(parameters(b).stream()
                                .map(p -> p.dimensions().size())
                                .toList())
                && parameters(a).stream()
                        .map(p -> p.integerRange().isPresent())
                        .toList()
                        .equals(parameters(b).stream()
                                .map(p -> p.integerRange().isPresent())
                                .toList());
    }

    /** What a declaration declares; null for rules and operators' rows. */
    public static Name name(Declaration declaration) {
        if (declaration instanceof Declaration.Constant constant) {
            return constant.name();
        } else if (declaration instanceof Declaration.Function function) {
            return function.name();
        } else if (declaration instanceof Declaration.Native row) {
            return row.name();
        } else if (declaration instanceof Declaration.Layer layer) {
            return layer.name();
        } else if (declaration instanceof Declaration.Optimizer optimizer) {
            return optimizer.name();
        } else if (declaration instanceof Declaration.Initializer initializer) {
            return initializer.name();
        } else if (declaration instanceof Declaration.Network network) {
            return network.name();
        }
        return null;
    }
}
