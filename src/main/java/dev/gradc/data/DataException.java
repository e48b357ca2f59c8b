package dev.gradc.data;

/** Data are at fault in a way that no place in a text shows. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param subject the file or argument that is at fault */
    public DataException(String subject, String message) {
        super(subject + ": error: " + message);
    }
}
