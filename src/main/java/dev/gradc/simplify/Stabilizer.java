package dev.gradc.simplify;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Rewrites forms that lose digits to stable ones by a group of the library's rules, helped by its {@code exact} rules: textbook forms
 * by the {@code identities} before they are differentiated, {@code log(sigmoid(z))} to {@code -softplus(-z)}, and what
 * differentiation made by those for {@code derivatives}.
 *
 * <p>A form that is spread over several definitions, {@code o = sigmoid(z)} and {@code log(o)}, is seen as a whole. The definitions
 * stay; {@link DeadDefinitions} removes those that nobody reads any more.
 */
public final class Stabilizer {

    private final Library library;
    private final String group;
    private final Consumer<Step> report;

    /** @param report is told each use of a rule */
    public Stabilizer(Library library, String group, Consumer<Step> report) {
        this.library = library;
        this.group = group;
        this.report = report;
    }

    public Stabilizer(Library library, String group) {
        this(library, group, step -> {});
    }

    public Program apply(Program program) {
        List<Rule> rules = new ArrayList<>(library.rules(group));
        rules.addAll(library.rules("exact"));
        Predicate<Expr> holds = new Ranges(library, program.definitions())::holds;
        LookThrough lookThrough = LookThrough.of(program, library.rules("reductions"), holds);
        RuleSet ruleSet = new RuleSet(rules, holds, lookThrough, Folding::foldReadably);
        Rewriter rewriter = new Rewriter(ruleSet, report);
        Map<Definition, Definition> stable = new LinkedHashMap<>();
        for (Definition definition : program.definitions()) {
            stable.put(definition, definition.withBody(rewriter.apply(definition.body())));
        }
        List<Definition> definitions = new ArrayList<>();
        stable.forEach((before, after) -> {
            definitions.add(after);
            for (Definition made : lookThrough.madeFor(before)) {
                definitions.add(made.withBody(rewriter.apply(made.body())));
            }
        });
        return program.withDefinitions(definitions);
    }
}
