package dev.gradc.simplify;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rewrites textbook forms to stable primitives, before they are differentiated: {@code log(sigmoid(z))} to {@code -softplus(-z)}. Uses
 * the library's {@code identities}, helped by its {@code exact} rules.
 *
 * <p>A form that is spread over several definitions, {@code o = sigmoid(z)} and {@code log(o)}, is seen as a whole. The definitions
 * stay; {@link DeadDefinitions} removes those that nobody reads any more.
 */
public final class Stabilizer {

    private final Library library;
    private final Consumer<Step> report;

    /** @param report is told each use of a rule */
    public Stabilizer(Library library, Consumer<Step> report) {
        this.library = library;
        this.report = report;
    }

    public Stabilizer(Library library) {
        this(library, step -> {});
    }

    public Program apply(Program program) {
        List<Rule> rules = new ArrayList<>(library.rules("identities"));
        rules.addAll(library.rules("exact"));
        Rewriter rewriter = new Rewriter(rules, new Ranges(library, program)::holds, LookThrough.of(program), report);
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            definitions.add(definition.withBody(rewriter.apply(definition.body())));
        }
        return program.withDefinitions(definitions);
    }
}
