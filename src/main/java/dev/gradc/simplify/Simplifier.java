package dev.gradc.simplify;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Program;
import dev.gradc.library.Library;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tidies a program, usually one that differentiation made, without changing what its results are worth in IEEE arithmetic:
 * constants folded, the library's {@code exact} rules applied, copies of a tensor and definitions that are the same up to the names
 * of their loops merged, unread definitions removed. Results stay, under their names. Linear time.
 */
public final class Simplifier {

    private final Library library;
    private final UnaryOperator<Expr> folding;
    private final Consumer<Step> report;

    /** @param report is told each use of a rule */
    public Simplifier(Library library, Consumer<Step> report) {
        this(library, Folding::fold, report);
    }

    private Simplifier(Library library, UnaryOperator<Expr> folding, Consumer<Step> report) {
        this.library = library;
        this.folding = folding;
        this.report = report;
    }

    /** One that leaves numbers as they are written where a reader would not recognise what they make together. */
    public static Simplifier forReaders(Library library) {
        return new Simplifier(library, Folding::foldReadably, step -> {});
    }

    /** One that works out functions of constants, too. */
    public static Simplifier forMachines(Library library) {
        return new Simplifier(library, ConstantCalls::fold, step -> {});
    }

    public Simplifier(Library library) {
        this(library, step -> {});
    }

    public Program apply(Program program) {
        Filling filling = Filling.of(program.definitions());
        Program single = SingleTerms.of(program, filling);
        Ranges ranges = new Ranges(library, single.definitions());
        Rewriter rewriter =
                new Rewriter(new RuleSet(library.rules("exact"), ranges::holds, LookThrough.NOTHING, folding), report);
        Merging merging = new Merging(single, filling);
        for (Definition definition : single.definitions()) {
            Definition current = merging.reading(definition);
            merging.add(current.withBody(rewriter.apply(current.body())));
        }
        return DeadDefinitions.remove(Takeovers.of(merging.program()));
    }
}
