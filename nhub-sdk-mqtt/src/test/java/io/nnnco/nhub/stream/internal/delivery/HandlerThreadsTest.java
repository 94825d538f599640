package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HandlerThreadsTest {
  private final VirtualTime time = new VirtualTime();
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final HandlerThreads onPool = new HandlerThreads(Workers.on(pool, time));
  private final HandlerThreads onCaller = new HandlerThreads(Workers.on(Runnable::run, time));

  @AfterEach
  void close() {
    pool.shutdown();
  }

  @Test
  void execute_onAPool_isInsideAHandler_andOnAWorker() {
    CompletableFuture<Boolean> inside = new CompletableFuture<>();
    CompletableFuture<Boolean> onWorker = new CompletableFuture<>();
    onPool.execute(
        () -> {
          inside.complete(onPool.areInside());
          onWorker.complete(onPool.areOnWorker());
        });
    assertTrue(inside.join());
    assertTrue(onWorker.join());
    assertFalse(onPool.areInside());
  }

  /** The thread may be the one that reads, which must not block. */
  @Test
  void execute_inTheThreadThatCalls_isInsideAHandler_andOnNoWorker() {
    List<Boolean> seen = new ArrayList<>();
    onCaller.execute(
        () -> {
          seen.add(onCaller.areInside());
          seen.add(onCaller.areOnWorker());
        });
    assertEquals(List.of(true, false), seen);
    assertFalse(onCaller.areInside());
  }

  @Test
  void execute_withinATask_inTheThreadThatCalls_runsWhenTheTaskHasEnded() {
    List<String> order = new ArrayList<>();
    onCaller.execute(
        () -> {
          onCaller.execute(() -> order.add("second"));
          order.add("first");
        });
    assertEquals(List.of("first", "second"), order);
  }

  /** Such as a listener. */
  @Test
  void runAsHandler_isInsideThatHandlerOnly_andOnNoWorker() {
    onPool.runAsHandler(
        () -> {
          assertTrue(onPool.areInside());
          assertFalse(onCaller.areInside());
          assertFalse(onPool.areOnWorker());
          onCaller.runAsHandler(() -> assertTrue(onPool.areInside()));
        });
    assertFalse(onPool.areInside());
  }

  @Test
  void execute_taskThatThrows_leavesNothingBehind() {
    try {
      onCaller.execute(
          () -> {
            throw new IllegalStateException("a defect");
          });
    } catch (IllegalStateException e) {
      assertEquals("a defect", e.getMessage());
    }
    assertFalse(onCaller.areInside());
  }
}
