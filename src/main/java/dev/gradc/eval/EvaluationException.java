package dev.gradc.eval;

/** A program cannot be run: a method is missing, an array is too large, an index leaves its tensor. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EvaluationException(String message) {
        super(message);
    }

    EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
