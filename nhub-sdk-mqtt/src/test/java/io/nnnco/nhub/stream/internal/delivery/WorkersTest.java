package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkersTest {
  private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

  private final VirtualTime time = new VirtualTime();

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return VIRTUAL && (Boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }

  private static Thread threadOf(Workers workers) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    workers.execute(() -> thread.complete(Thread.currentThread()));
    return thread.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Test
  void defaults_areVirtualWhereTheJdkHasThem_andNamedDaemonsAnyway() throws Exception {
    try (Workers workers = Workers.ofDefaults(time)) {
      Thread thread = threadOf(workers);
      assertEquals(VIRTUAL, isVirtual(thread));
      assertTrue(thread.isDaemon());
      assertTrue(thread.getName().startsWith("nhub-worker-"), thread.getName());
    }
  }

  /** Without virtual threads there are at least 16, and the rest waits its turn. */
  @Test
  void defaults_runAsManyAtOnceAsTheySay() throws InterruptedException {
    try (Workers workers = Workers.ofDefaults(time)) {
      int tasks = Math.min(workers.parallelism(), 1_000);
      assertTrue(tasks >= 16, () -> tasks + " at once");
      CountDownLatch running = new CountDownLatch(tasks);
      CountDownLatch mayEnd = new CountDownLatch(1);
      AtomicInteger ended = new AtomicInteger();
      for (int i = 0; i < tasks; i++) {
        workers.execute(
            () -> {
              running.countDown();
              awaitQuietly(mayEnd);
              ended.incrementAndGet();
            });
      }
      assertTrue(running.await(SOON.toSeconds(), TimeUnit.SECONDS), "all at the same time");
      assertEquals(0, ended.get());
      mayEnd.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void usersExecutor_isUsed_neverShutDown_andMayRefuse() throws InterruptedException {
    ExecutorService yours = Executors.newSingleThreadExecutor(task -> new Thread(task, "yours"));
    Workers workers = Workers.on(yours, time);
    assertEquals("yours", threadOf(workers).getName());
    workers.close();
    assertEquals("yours", threadOf(workers).getName(), "closed, and still yours");

    yours.shutdown();
    assertTrue(yours.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS));
    workers.execute(
        () -> {
          throw new AssertionError("nobody runs it");
        });
  }

  private static Stream<Named<Runnable>> refusals() {
    return Stream.of(
        Named.of(
            "full",
            () -> {
              throw new RejectedExecutionException("full");
            }),
        Named.of(
            "no thread to be had",
            () -> {
              throw new OutOfMemoryError("unable to create native thread");
            }));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void usersExecutor_thatRefuses_isOfferedTheWorkUntilItTakesIt(Runnable refusal) {
    AtomicInteger refusals = new AtomicInteger(3);
    AtomicInteger ran = new AtomicInteger();
    Workers workers =
        Workers.on(
            task -> {
              if (refusals.getAndDecrement() > 0) {
                refusal.run();
              }
              task.run();
            },
            time);
    workers.execute(ran::incrementAndGet);
    time.advance(Duration.ofMillis(2_999));
    assertEquals(0, ran.get());
    time.advance(Duration.ofMillis(1));
    assertEquals(1, ran.get());
    time.advance(Duration.ofMinutes(1));
    assertEquals(1, ran.get(), "once");
  }
}
