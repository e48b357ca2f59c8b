package dev.gradc.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradc.source.LimitException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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

    @Test
    void tasksRunAtTheSameTimeEachDeepAndGiveTheirResultsInOrder() {
        List<Callable<Integer>> tasks = IntStream.range(0, 20)
                .<Callable<Integer>>mapToObj(i -> () -> depth(1_000_000 + i))
                .toList();
        assertEquals(IntStream.range(1_000_000, 1_000_020).boxed().toList(), DeepStack.callAll(tasks));
        assertEquals(List.of(), DeepStack.callAll(List.of()));
    }

    @Test
    void ofSeveralExceptionsThatOfTheFirstTaskComesOut() {
        IOException thrown = new IOException("first");
        List<Callable<Integer>> tasks = List.of(
                () -> 1,
                () -> {
                    Thread.sleep(20);
                    throw thrown;
                },
                () -> {
                    throw new IOException("second");
                });
        assertSame(thrown, assertThrows(IOException.class, () -> DeepStack.callAll(tasks)));
    }

    private static int depth(int calls) {
        return calls == 0 ? 0 : 1 + depth(calls - 1);
    }
}
