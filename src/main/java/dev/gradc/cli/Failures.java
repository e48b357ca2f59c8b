package dev.gradc.cli;

import dev.gradc.build.Faults;
import dev.gradc.data.DataException;
import dev.gradc.eval.EvaluationException;
import dev.gradc.load.NoCompilerException;
import dev.gradc.source.LimitException;
import dev.gradc.source.SourceException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong, never by a stack trace unless that was asked for. */
final class Failures {

    private final Supplier<Ansi> colours;
    private final BooleanSupplier stacktrace;

    /**
     * @param colours for the stream of messages, asked for only when there is one
     * @param stacktrace whether to show where a failure came from
     */
    Failures(Supplier<Ansi> colours, BooleanSupplier stacktrace) {
        this.colours = colours;
        this.stacktrace = stacktrace;
    }

    /** The call is at fault: says how, what may have been meant, and where to read more. */
    int usage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        Help help = new CallHelp(command.getCommandSpec(), Help.defaultColorScheme(colours.get()));
        PrintWriter err = command.getErr();
        err.println("gradc: " + message(failure));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.print(help.synopsisHeading() + help.synopsis(0));
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells more.");
        return ExitStatus.USAGE;
    }

    private static String message(ParameterException failure) {
        if (failure.getArgSpec() instanceof OptionSpec option && option.type().isEnum() && failure.getValue() != null) {
            String choices = Arrays.stream(option.type().getEnumConstants())
                    .map(choice -> ((Enum<?>) choice).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return option.longestName() + " is one of " + choices + ", not '" + failure.getValue() + "'";
        }
        boolean command = failure.getCommandLine().getParent() == null
                && failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption();
        return command
                ? "there is no command '"
                        + ((UnmatchedArgumentException) failure).getUnmatched().get(0) + "'"
                : failure.getMessage();
    }

    /** Prints a message and returns the exit status. */
    int report(Exception failure, CommandLine command) {
        if (failure instanceof ParameterException call) {
            return usage(call);
        }
        PrintWriter err = command.getErr();
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        String message = message(failure);
        err.println(colours.get().enabled() ? Colours.of(message) : message);
        return ExitStatus.FAULT;
    }

    private static String message(Exception failure) {
        if (failure instanceof SourceException || failure instanceof DataException || failure instanceof Faults) {
            return failure.getMessage();
        }
        if (failure instanceof EvaluationException
                || failure instanceof LimitException
                || failure instanceof NoCompilerException) {
            return "error: " + failure.getMessage();
        }
        return "internal error, please report it with the call that caused it: " + failure;
    }
}
