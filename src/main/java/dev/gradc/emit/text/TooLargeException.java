package dev.gradc.emit.text;

/** A program asks for more than Java has room for: an array of too many entries, a class of too many members. */
public final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooLargeException(String message) {
        super(message);
    }
}
