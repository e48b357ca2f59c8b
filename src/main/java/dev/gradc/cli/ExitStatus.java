package dev.gradc.cli;

/** What a run tells its caller. */
final class ExitStatus {

    static final int DONE = 0;

    /** The source or the data is at fault. */
    static final int FAULT = 1;

    /** The call is at fault. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
