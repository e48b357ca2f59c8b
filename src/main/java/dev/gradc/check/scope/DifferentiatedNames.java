package dev.gradc.check.scope;

import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Access;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in which a body differentiates. What stands for one must be a tensor. It must be one of its own where the body itself says how
 * what it differentiates depends on it, as {@code slope(z, k) = diff(k*z^2, z)} does: k is then no function of z, whatever a call gives
 * for both. Where the body does not, as in {@code second(u, x) = diff(u, x, 2)}, it asks how the call's u depends on the call's x.
 */
public final class DifferentiatedNames {

    /** What differentiates. */
    public static final Set<String> OPERATORS = Set.of("diff", "grad", "jacobian", "hessian");

    private final Set<String> variables = new HashSet<>();
    private final Set<String> borrowed = new HashSet<>();

    private DifferentiatedNames() {}

    public static DifferentiatedNames of(List<Statement> body) {
        Map<String, Set<String>> lines = new HashMap<>();
        List<Term> terms = new ArrayList<>();
        for (Statement statement : body) {
            if (statement instanceof Statement.Definition definition) {
                terms.add(definition.value());
                Set<String> read = FreeNames.of(definition.value());
                definition
                        .names()
                        .forEach(name -> lines.computeIfAbsent(name.text(), key -> new HashSet<>())
                                .addAll(read));
            } else if (statement instanceof Statement.Update update) {
                terms.add(update.value());
            } else if (statement instanceof Statement.Loss loss) {
                terms.add(loss.value());
            } else if (statement instanceof Statement.Return result) {
                terms.addAll(result.values());
            }
        }
        DifferentiatedNames found = new DifferentiatedNames();
        terms.forEach(term -> found.add(term, lines));
        return found;
    }

    public static DifferentiatedNames of(Term term) {
        DifferentiatedNames found = new DifferentiatedNames();
        found.add(term, Map.of());
        return found;
    }

    private void add(Term term, Map<String, Set<String>> lines) {
        for (Term.Call call : FreeNames.in(term).calls()) {
            if (OPERATORS.contains(call.function().text()) && call.arguments().size() > 1) {
                Term variable = call.arguments().get(1).value();
                if ((variable instanceof Term.Element part ? part.tensor() : variable) instanceof Name name) {
                    variables.add(name.text());
                    if (!reads(call.arguments().get(0).value(), name.text(), lines)) {
                        borrowed.add(name.text());
                    }
                }
            }
        }
    }

    /** Whether {@code term} reads {@code name}, itself or by the lines above it. */
    private static boolean reads(Term term, String name, Map<String, Set<String>> lines) {
        List<String> names = new ArrayList<>(FreeNames.of(term));
        Set<String> seen = new LinkedHashSet<>(names);
        for (int i = 0; i < names.size() && !seen.contains(name); i++) {
            for (String next : lines.getOrDefault(names.get(i), Set.of())) {
                if (seen.add(next)) {
                    names.add(next);
                }
            }
        }
        return seen.contains(name);
    }

    /** Whether one can differentiate in {@code array}: a tensor, or a part of one. */
    public static boolean isTensor(Array array) {
        return array.first() instanceof Access;
    }

    /** Whether {@code array} needs a tensor of its own to be called {@code name}. */
    public boolean needTensor(String name, Array array) {
        return variables.contains(name) && (!borrowed.contains(name) || !isTensor(array));
    }
}
