package dev.gradc.library;

import java.util.function.Supplier;

/** A value worked out when first asked for, once. Safe for threads; asking for it while it is being worked out fails. */
final class Lazy<T> implements Supplier<T> {

    private Supplier<? extends T> source;
    private T value;
    private boolean running;

    Lazy(Supplier<? extends T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        if (source != null) {
            if (running) {
                throw new IllegalStateException("a definition that needs itself");
            }
            running = true;
            try {
                value = source.get();
                source = null;
            } finally {
                running = false;
            }
        }
        return value;
    }
}
