package dev.gradc.source;

/** A source or its data are legal but larger or deeper than this machine can take. */
public final class LimitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LimitException(String message) {
        super(message);
    }
}
