package dev.gradc.cli;

import dev.gradc.task.NetworkTraining.Observer;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how a training goes: by lines, and on a terminal also by a bar below them, which is gone in the end. */
final class Progress implements Observer {

    /** Narrower than any terminal. */
    private static final int WIDTH = 72;

    private static final int PAUSE_MILLIS = 100;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private ProgressBar bar;

    Progress(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void line(String text) {
        out.println(isTerminal ? CLEAR + text : text);
    }

    @Override
    public void done(int epochs, int of) {
        if (isTerminal && bar == null) {
            bar = bar(of);
        }
        if (bar != null) {
            bar.stepTo(epochs);
        }
    }

    /** Removes the bar. */
    void end() {
        if (bar != null) {
            bar.close();
            write("");
        }
    }

    private ProgressBar bar(int epochs) {
        return ProgressBar.builder()
                .setTaskName("training")
                .setInitialMax(epochs)
                .setUnit(" epochs", 1)
                .setUpdateIntervalMillis(PAUSE_MILLIS)
                .setStyle(ProgressBarStyle.builder()
                        .refreshPrompt("")
                        .leftBracket(" ")
                        .block('━')
                        .space('─')
                        .fractionSymbols("╸")
                        .rightBracket("")
                        .build())
                .setConsumer(new DelegatingProgressBarConsumer(this::write, WIDTH))
                .build();
    }

    private void write(String text) {
        out.print(CLEAR + text);
        out.flush();
    }
}
