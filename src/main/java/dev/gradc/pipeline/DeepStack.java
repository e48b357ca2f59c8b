package dev.gradc.pipeline;

import dev.gradc.source.LimitException;
import java.util.concurrent.Callable;

/**
 * Runs the compiler where recursion may go deep: formulas of a hundred thousand nested parts are legal, and the passes follow them
 * recursively. Only the pages that are used cost memory.
 */
public final class DeepStack {

    /** Far more than the parser's limit of depth asks for; an overflow of a larger one takes minutes to unwind. */
    private static final long STACK_BYTES = 1L << 30;

    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private DeepStack() {}

    /**
     * The result of {@code task}, run on a thread of its own unless this one is deep already; what it throws comes out as it is.
     *
     * @throws LimitException if the stack or the memory does not suffice
     */
    public static <T> T call(Callable<T> task) {
        return call(task, STACK_BYTES);
    }

    static <T> T call(Callable<T> task, long stackBytes) {
        if (INSIDE.get()) {
            return Run.unchecked(task);
        }
        Run<T> run = new Run<>(task);
        Thread thread = new Thread(null, run, "gradc", stackBytes);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return run.result();
    }

    private static final class Run<T> implements Runnable {

        private final Callable<T> task;
        private T result;
        private Throwable failure;

        Run(Callable<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            INSIDE.set(true);
            try {
                result = task.call();
            } catch (StackOverflowError e) {
                failure = new LimitException("the source is nested too deeply");
            } catch (OutOfMemoryError e) {
                failure = new LimitException("the source needs more memory than there is; java's -Xmx gives more");
            } catch (Throwable e) {
                failure = e;
            }
        }

        T result() {
            if (failure != null) {
                throw Run.<RuntimeException>asUnchecked(failure);
            }
            return result;
        }

        static <T> T unchecked(Callable<T> task) {
            try {
                return task.call();
            } catch (Exception e) {
                throw Run.<RuntimeException>asUnchecked(e);
            }
        }

        // The compiler believes the type; a checked exception passes through unwrapped.
        @SuppressWarnings("unchecked")
        private static <E extends Throwable> E asUnchecked(Throwable failure) throws E {
            throw (E) failure;
        }
    }
}
