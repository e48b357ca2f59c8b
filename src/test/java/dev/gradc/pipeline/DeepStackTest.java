package dev.gradc.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradc.source.LimitException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeepStackTest {

    @Test
    void millionsOfCallsAreNotTooDeep() {
        assertEquals(5_000_000, DeepStack.call(() -> depth(5_000_000)));
    }

    @Test
    void endlessRecursionIsALimit() {
        LimitException e =
                assertThrows(LimitException.class, () -> DeepStack.call(() -> depth(Integer.MAX_VALUE), 1 << 26));
        assertEquals("the source is nested too deeply", e.getMessage());
    }

    @Test
    void tooMuchMemoryIsALimit() {
        assertThrows(LimitException.class, () -> DeepStack.call(() -> new long[Integer.MAX_VALUE]));
    }

    @Test
    void exceptionsComeOutAsTheyAre() {
        IOException thrown = new IOException("lost");
        assertSame(
                thrown,
                assertThrows(
                        IOException.class,
                        () -> DeepStack.call(() -> {
                            throw thrown;
                        })));
    }

    @Test
    void aDeepThreadIsDeepEnough() {
        Thread[] threads =
                DeepStack.call(() -> new Thread[] {Thread.currentThread(), DeepStack.call(Thread::currentThread)});
        assertSame(threads[0], threads[1]);
        assertNotSame(Thread.currentThread(), threads[0]);
    }

    private static int depth(int calls) {
        return calls == 0 ? 0 : 1 + depth(calls - 1);
    }
}
