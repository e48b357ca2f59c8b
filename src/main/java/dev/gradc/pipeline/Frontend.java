package dev.gradc.pipeline;

import dev.gradc.check.Checker;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import dev.gradc.simplify.Stabilizer;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.SoundParts;
import dev.gradc.syntax.SourceUnit;
import dev.gradc.syntax.Term;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The way from text to programs: by the parser to a surface tree, by the checker to its meaning. */
record Frontend(Library library, Dumps dumps) {

    /** @param preparation what the checker is told beforehand */
    Checked checked(
            SourceFile file, Path sourceRoot, Map<String, Double> settings, UnaryOperator<Checker> preparation) {
        Diagnostics diagnostics = new Diagnostics();
        SourceUnit unit = Parser.unit(file, diagnostics);
        SoundParts sound = SoundParts.of(unit, diagnostics.list());
        Diagnostics importing = new Diagnostics();
        List<SourceUnit> imports = new Imports(sourceRoot, importing).of(unit);
        importing.list().forEach(diagnostics::report);
        // What is not imported would only be missed everywhere.
        if (importing.hasErrors() || !sound.hasImports()) {
            diagnostics.throwIfErrors();
        }
        Checker checker = preparation.apply(new Checker(diagnostics).without(sound.lost()));
        Unit checked = checker.check(sound.unit(), imports, settings);
        diagnostics.throwIfErrors();
        checked.functions().forEach(function -> dumps.after("check", function.name(), function.program()));
        checked.networks().forEach(network -> dumps.after("check", network.name(), network.program()));
        Unit rewritten = checker.rules().isEmpty() ? checked : rewritten(checked, checker.rules());
        return new Checked(rewritten, checker.rules(), checker.rows(), Declared.sizes(unit));
    }

    /** The unit in the form that the user's own rules give it. */
    private Unit rewritten(Unit unit, List<Rule> rules) {
        Stabilizer stabilizer = new Stabilizer(library.with(rules), "identities");
        return new Unit(
                unit.name(),
                unit.packageName(),
                unit.functions().stream()
                        .map(function -> function.withProgram(stabilizer.apply(function.program())))
                        .toList(),
                unit.networks().stream()
                        .map(network -> network.withProgram(stabilizer.apply(network.program())))
                        .toList());
    }

    FunctionUnit expression(SourceFile text, List<String> first, Map<String, Shape> shapes) {
        Diagnostics diagnostics = new Diagnostics();
        Term term = Parser.term(text, diagnostics);
        diagnostics.throwIfErrors();
        FunctionUnit function = new Checker(diagnostics)
                .check(term, first, shapes)
                .orElseThrow(() -> new SourceException(diagnostics.list()));
        dumps.after("check", "expression", function.program());
        return function;
    }
}
