package dev.gradc.pipeline;

import dev.gradc.source.LimitException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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
        join(start(run, stackBytes));
        return run.result();
    }

    /**
     * The results of {@code tasks}, in their order, that run at the same time, on as many threads as there are processors; of what they
     * throw, that of the first comes out.
     *
     * @throws LimitException if the stack or the memory does not suffice
     */
    public static <T> List<T> callAll(List<Callable<T>> tasks) {
        List<Run<T>> runs = tasks.stream().map(task -> new Run<>(task)).toList();
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
                runs.get(i).run();
            }
        };
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), runs.size());
        Stream.generate(() -> start(worker, STACK_BYTES))
                .limit(threads)
                .toList()
                .forEach(DeepStack::join);
        return runs.stream().map(Run::result).toList();
    }

    private static Thread start(Runnable run, long stackBytes) {
        Thread thread = new Thread(null, run, "gradc", stackBytes);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
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
