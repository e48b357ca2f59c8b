package dev.gradc.algebra;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import dev.gradc.simplify.Ranges;
import dev.gradc.simplify.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites formulas for people to read: {@code 2*x*cos(x^2)} and not {@code cos(x^2)*(2*x^(2-1)*1)}. The value is that of exact
 * arithmetic wherever the original has one; the last digit may differ, and removable gaps close.
 *
 * <p>The mechanism knows numbers, sums, products and powers; what it should know of functions are the library's rules {@code algebra},
 * used on the way, where a root is a power {@code x^0.5}, and {@code printed}, used in the end. Linear time in the size of the
 * shared expression; products are not multiplied out. Shares what was shared.
 */
public final class Algebra {

    /** Formulas of up to so many nodes stay in factors. */
    private static final long LONG = 13;

    private final Ranges facts;
    private final RuleSet algebra;
    private final RuleSet printed;

    public Algebra(Library library) {
        facts = new Ranges(library, List.of());
        algebra = RuleSet.forReaders(library.rules("algebra"));
        printed = RuleSet.forReaders(library.rules("printed"));
    }

    public Expr apply(Expr expression) {
        return apply(List.of(expression)).get(0);
    }

    /** Several at once, in the same notation throughout: work on what they share is done once. */
    public List<Expr> apply(List<Expr> expressions) {
        return apply(expressions, facts.of(List.of()));
    }

    /** Every definition's body. */
    public Program apply(Program program) {
        List<Expr> bodies =
                apply(program.definitions().stream().map(Definition::body).toList(), facts.of(program.definitions()));
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            definitions.add(program.definitions().get(i).withBody(bodies.get(i)));
        }
        return program.withDefinitions(definitions);
    }

    private List<Expr> apply(List<Expr> expressions, Ranges ranges) {
        NormalForm form = new NormalForm(algebra.where(ranges::holds));
        Finish finish = new Finish(printed.where(ranges::holds), form);
        form.expect(expressions);
        List<Expr> results = new ArrayList<>();
        for (Expr expression : expressions) {
            results.add(finish.of(shorter(form.of(expression), form)));
        }
        return results;
    }

    /** What is long, multiplied out if that takes a tenth off it; factors tell more. */
    private static Expr shorter(Expr normal, NormalForm form) {
        long size = size(normal);
        return size <= LONG
                ? normal
                : new Expansion(form)
                        .of(normal)
                        .filter(expanded -> 10 * size(expanded) < 9 * size)
                        .orElse(normal);
    }

    private static long size(Expr expression) {
        return Walk.sizes(Walk.postOrder(expression)).get(expression);
    }
}
