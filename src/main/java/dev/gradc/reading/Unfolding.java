package dev.gradc.reading;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prepares a program for a reader: what is only a name for an expression is put where it is read, scalars always (the printer names
 * what becomes long), entries of tensors if they are read in one place, or if they are short.
 */
public final class Unfolding {

    private static final int SHORT = 3;

    private final Program program;
    private final Set<Tensor> kept;
    private final Map<Tensor, Definition> inlined = new HashMap<>();
    private final Rewrite rewrite = new Rewrite(this::inline);

    private Unfolding(Program program, Set<Tensor> kept) {
        this.program = program;
        this.kept = kept;
    }

    /** The same program with fewer definitions. */
    public static Program of(Program program) {
        return of(program, Set.of());
    }

    /** The same where some tensors are read under their names. */
    public static Program of(Program program, Set<Tensor> kept) {
        return program.withDefinitions(new Unfolding(program, kept).remaining());
    }

    private List<Definition> remaining() {
        Map<Tensor, Definition> sole = program.soleDefinitions();
        Map<Tensor, Integer> readers = readers();
        List<Definition> remaining = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            Tensor target = definition.target();
            Definition current = definition.withBody(rewrite.apply(definition.body()));
            boolean isName = !kept.contains(target)
                    && definition.combine() == Combine.ASSIGN
                    && sole.get(target) == definition
                    && (target.rank() == 0
                            || definition.isTotal()
                                    && (readers.getOrDefault(target, 0) < 2 || isShort(current.body())));
            if (isName && !readsItself(definition)) {
                inlined.put(target, current);
            }
            if (!inlined.containsKey(target) || program.results().contains(target)) {
                remaining.add(current);
            }
        }
        return remaining;
    }

    /** Another element, or the same number everywhere: shorter than a name would make it. */
    private static boolean isShort(Expr body) {
        List<Expr> nodes = Walk.postOrder(body);
        boolean number = nodes.stream()
                .noneMatch(
                        node -> node instanceof Access access && access.tensor().rank() > 0);
        return body instanceof Access || number && nodes.size() <= SHORT;
    }

    private static boolean readsItself(Definition definition) {
        return Walk.accesses(definition.body()).stream().anyMatch(access -> access.tensor() == definition.target());
    }

    /** In how many places each tensor is read. */
    private Map<Tensor, Integer> readers() {
        Map<Tensor, Integer> readers = new HashMap<>();
        for (Definition definition : program.definitions()) {
            for (Access access : Walk.accesses(definition.body())) {
                readers.merge(access.tensor(), 1, Integer::sum);
            }
        }
        return readers;
    }

    private Expr inline(Expr node) {
        return node instanceof Access access && inlined.containsKey(access.tensor())
                ? inlined.get(access.tensor()).bodyAt(access.subscripts())
                : node;
    }
}
