package dev.gradc.cli;

import dev.gradc.Faults;
import dev.gradc.LimitException;
import dev.gradc.data.DataException;
import dev.gradc.eval.EvaluationException;
import dev.gradc.load.NoCompilerException;
import dev.gradc.source.SourceException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong, never by a stack trace. */
final class Failures {

    private Failures() {}

    /** The call is at fault: says how, what may have been meant, and where to read more. */
    static int usage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("gradc: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.print(command.getHelp().synopsisHeading() + command.getHelp().synopsis(0));
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells more.");
        return Main.USAGE;
    }

    /** Prints a message and returns the exit status. */
    static int report(Exception failure, CommandLine command, boolean stacktrace) {
        if (failure instanceof ParameterException call) {
            return usage(call, new String[0]);
        }
        PrintWriter err = command.getErr();
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        err.println(message(failure));
        return Main.FAULT;
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
