package dev.gradc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The standard output, which remembers what went wrong with it; a print stream keeps that to itself. */
final class StandardOutput extends OutputStream {

    private final OutputStream stream = new FileOutputStream(FileDescriptor.out);
    private Optional<IOException> failure = Optional.empty();

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failure.isEmpty()) {
            try {
                stream.write(bytes, offset, length);
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
    }

    /** Why results are lost, if they are: a reader at the other end of a pipe who has seen enough of them loses none. */
    Optional<String> loss() {
        return failure.map(IOException::getMessage).filter(reason -> !reason.contains("pipe"));
    }
}
