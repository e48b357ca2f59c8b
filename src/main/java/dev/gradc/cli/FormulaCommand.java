package dev.gradc.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command whose arguments are formulas, which may begin with a minus; a word after two of them is a misspelt option. */
abstract class FormulaCommand {

    @Spec
    private CommandSpec spec;

    /** Refuses {@code argument} if it looks like an option. */
    final void checkFormula(String argument) {
        if (argument.matches("--\\p{L}[\\p{L}-]+(=.*)?")) {
            throw new UnmatchedArgumentException(spec.commandLine(), List.of(argument));
        }
    }

    /** Prints a result. */
    final void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
