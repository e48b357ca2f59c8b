package dev.gradc.reading;

import dev.gradc.algebra.Algebra;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import dev.gradc.simplify.DeadDefinitions;
import dev.gradc.simplify.Rewriter;
import dev.gradc.simplify.RuleSet;
import dev.gradc.simplify.Simplifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings a program, usually one that differentiation made, into the form in which people read and write it. What it computes may differ
 * in the last digits, and where numbers overflow.
 */
public final class Reading {

    private Reading() {}

    /** @param named what stands under its name, defined as in the source */
    public static Program of(Program program, Set<Tensor> named, Library library) {
        // A name may turn out to be of use at the end.
        Set<Tensor> results = new LinkedHashSet<>(program.results());
        program.definitions().stream()
                .map(Definition::target)
                .filter(named::contains)
                .forEach(results::add);
        Program legible = legible(program.withResults(List.copyOf(results)), named, library);
        return UniqueNames.apply(LoopGuards.apply(DeadDefinitions.remove(legible.withResults(program.results()))));
    }

    /** What {@code program} computes, not made simpler: each entry as a formula of its own. */
    public static Program written(Program program) {
        return UniqueNames.apply(Unfolding.of(Gathering.apply(DeadDefinitions.remove(program))));
    }

    /** {@code program} without what only keeps numbers of a machine from overflowing. */
    public static Program plain(Program program, Library library) {
        return rewritten(program, rewriter("reading", library));
    }

    /** The steps of a program one by one, each in the form that people write; only to be printed. */
    public static Program steps(Program program, Library library) {
        return steps(program, program.definitions(), library);
    }

    /** The same for a backward pass, with the names of the forward pass. */
    public static Gradient steps(Program forward, Gradient gradient, Library library) {
        List<Definition> both = new ArrayList<>(forward.definitions());
        both.addAll(gradient.program().definitions());
        Program whole =
                new Program(forward.arguments(), both, gradient.program().results());
        List<Definition> steps = steps(whole, forward.definitions(), library).definitions();
        Program backward = gradient.program()
                .withDefinitions(steps.subList(forward.definitions().size(), steps.size()));
        return new Gradient(gradient.of(), backward, gradient.adjoints());
    }

    private static Program steps(Program program, List<Definition> named, Library library) {
        Set<Tensor> names = new LinkedHashSet<>();
        named.forEach(definition -> names.add(definition.target()));
        Program simple = named(new Algebra(library).apply(plain(program, library)), names, library);
        return LoopGuards.narrowed(LoopGuards.apply(simple));
    }

    /** Written with names, and with the functions that have them: {@code 1 - h[n]^2} for {@code sech(z[n])^2}. */
    private static Program named(Program program, Set<Tensor> names, Library library) {
        return names.isEmpty() ? program : Naming.apply(rewritten(program, rewriter("naming", library)), names);
    }

    private static Rewriter rewriter(String rules, Library library) {
        return new Rewriter(RuleSet.forReaders(library.rules(rules)), step -> {});
    }

    private static Program legible(Program program, Set<Tensor> named, Library library) {
        Program gathered = plain(Gathering.apply(Aliases.apply(program, named)), library);
        Program simpler = Deltas.apply(Simplifier.forReaders(library).apply(gathered));
        Program unfolded = Unfolding.of(Entries.apply(withoutZeros(simpler)), named);
        Program simple = named(new Algebra(library).apply(unfolded), named, library);
        if (!named.isEmpty()) {
            // What had been written in two ways has one name now.
            simple = new Algebra(library).apply(simple);
        }
        List<Definition> shown = new ArrayList<>();
        for (int i = 0; i < simple.definitions().size(); i++) {
            Definition written = unfolded.definitions().get(i);
            shown.add(
                    named.contains(written.target())
                            ? written
                            : simple.definitions().get(i));
        }
        return simple.withDefinitions(shown);
    }

    /** What other definitions add to need not begin as zeros. */
    private static Program withoutZeros(Program program) {
        Map<Tensor, Definition> sole = program.soleDefinitions();
        return program.withDefinitions(program.definitions().stream()
                .filter(definition -> definition.body() != Constant.ZERO
                        || sole.containsKey(definition.target())
                        || !definition.isTotal())
                .toList());
    }

    private static Program rewritten(Program program, Rewriter rewriter) {
        return program.withDefinitions(program.definitions().stream()
                .map(definition -> definition.with(
                        definition.subscripts().stream().map(rewriter::apply).toList(),
                        definition.loops(),
                        rewriter.apply(definition.body())))
                .toList());
    }
}
