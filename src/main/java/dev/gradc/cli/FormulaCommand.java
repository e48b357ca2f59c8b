package dev.gradc.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command on a formula or a file. A formula may begin with a minus; a word after two of them is a misspelt option. */
abstract class FormulaCommand {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EXPR|FILE", description = "A formula, or a file of functions and networks.")
    private String subject;

    @Option(names = "--function", paramLabel = "NAME", description = "Which function or network of the file.")
    private String function;

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of a network.")
    private Map<String, Double> settings = new LinkedHashMap<>();

    /** The formula, or the path of a file. */
    final String subject() {
        checkFormula(subject);
        return subject;
    }

    final Optional<String> function() {
        return Optional.ofNullable(function);
    }

    /** Sizes of networks, by name. */
    final Map<String, Double> settings() {
        return settings;
    }

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
