package dev.gradc.cli;

import dev.gradc.task.NetworkTraining.Observer;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells how a training goes: by lines, and on a terminal also by a bar below them, which is gone in the end. */
final class ProgressBar implements Observer {

    private static final int WIDTH = 30;
    private static final long PAUSE = 100_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private long start;
    private long last;

    ProgressBar(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void line(String text) {
        out.println(isTerminal ? CLEAR + text : text);
    }

    @Override
    public void done(int epochs, int of) {
        long now = System.nanoTime();
        if (epochs == 1) {
            // The first one is no measure: it starts everything.
            start = now;
        } else if (isTerminal && now - last > PAUSE) {
            last = now;
            int full = (int) ((long) WIDTH * epochs / of);
            double left = Math.ceil((now - start) / 1e9 / (epochs - 1) * (of - epochs));
            String bar = "━".repeat(full) + "─".repeat(WIDTH - full);
            out.print(CLEAR + String.format(Locale.ROOT, "%s %d of %d epochs, %.0f s left", bar, epochs, of, left));
            out.flush();
        }
    }

    /** Removes the bar. */
    void end() {
        if (isTerminal) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
