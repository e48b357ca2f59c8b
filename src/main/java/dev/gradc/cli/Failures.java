package dev.gradc.cli;

import dev.gradc.Faults;
import dev.gradc.LimitException;
import dev.gradc.data.DataException;
import dev.gradc.eval.EvaluationException;
import dev.gradc.source.SourceException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Tells the user what went wrong, never by a stack trace. */
final class Failures {

    private Failures() {}

    /** Prints a message and returns the exit status. */
    static int report(Exception failure, CommandLine command, boolean stacktrace) throws Exception {
        if (failure instanceof ParameterException call) {
            return command.getParameterExceptionHandler().handleParseException(call, new String[0]);
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
        if (failure instanceof EvaluationException || failure instanceof LimitException) {
            return "error: " + failure.getMessage();
        }
        return "internal error, please report it with the call that caused it: " + failure;
    }
}
