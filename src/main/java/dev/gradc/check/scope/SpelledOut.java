package dev.gradc.check.scope;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts what definitions say in the place of names that stand for such as are wanted. */
final class SpelledOut {

    private final List<Definition> definitions;
    private final Predicate<Expr> wanted;
    private final Map<Expr, Expr> known = new HashMap<>();

    SpelledOut(List<Definition> definitions, Predicate<Expr> wanted) {
        this.definitions = definitions;
        this.wanted = wanted;
    }

    Expr of(Expr expression) {
        if (wanted.test(expression)) {
            return expression;
        }
        for (Access access : Walk.accesses(expression)) {
            if (!known.containsKey(access)) {
                known.put(access, access);
                body(access).map(this::of).filter(wanted).ifPresent(body -> known.put(access, body));
            }
        }
        return Rewrite.substituting(known).apply(expression);
    }

    /** What a single line says of an entry; empty if that brings several terms together. */
    private Optional<Expr> body(Access access) {
        List<Definition> lines = definitions.stream()
                .filter(line -> line.target() == access.tensor())
                .toList();
        if (lines.size() != 1
                || lines.get(0).combine() != Combine.ASSIGN
                || !lines.get(0).isGather()) {
            return Optional.empty();
        }
        return Optional.of(lines.get(0).bodyAt(access.subscripts()));
    }
}
