package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.NotFound;
import dev.gradc.check.scope.Wording;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Unit.Training;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Understands what a network says of its training. */
final class TrainSettings {

    private static final List<String> KNOWN = List.of("batch", "epochs", "patience", "seed", "validation");

    /** What a file may write, where patience is {@code stop after 10 without improvement}. */
    private static final List<String> WRITTEN = List.of("batch", "epochs", "stop", "seed", "validation", "optimizer");

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    TrainSettings(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    /** The optimiser and the settings; empty, after a message, without an optimiser that is known. */
    Optional<Training> training(Statement.Train train, Context context) {
        Map<String, Double> values = new LinkedHashMap<>();
        boolean misspelt = false;
        for (Statement.Setting setting : train.settings()) {
            String name = setting.name().text();
            if (!KNOWN.contains(name)) {
                misspelt = true;
                diagnostics.report(NotFound.unknown(setting.name(), "setting", WRITTEN));
            } else if (values.containsKey(name)) {
                diagnostics.error(setting.name().span(), name + " is set twice");
            } else {
                values.put(name, value(name, setting.value(), context));
            }
        }
        if (train.optimizer().isEmpty() && !misspelt) {
            diagnostics.error(train.span(), "train names no optimizer", "add: optimizer adam(lr = 0.01)");
        }
        return train.optimizer()
                .flatMap(optimizer -> new Optimizers(elaborator).resolve(optimizer, context))
                .map(unit -> new Training(unit, values));
    }

    private double value(String name, Term term, Context context) {
        double value = Initials.number(elaborator, term, context, name);
        if (name.equals("validation") && (value < 0 || value >= 1)) {
            diagnostics.error(term.span(), "validation is the part kept back, from 0 to below 1");
        } else if (!name.equals("validation")
                && (value != Math.rint(value) || value < (name.equals("seed") ? 0 : 1) || value > Integer.MAX_VALUE)) {
            diagnostics.error(
                    term.span(), name + " must be a positive integer up to 2147483647, not " + Wording.number(value));
        }
        return value;
    }
}
