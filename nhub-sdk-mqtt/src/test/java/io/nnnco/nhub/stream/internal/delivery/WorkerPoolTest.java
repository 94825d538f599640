package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.NoMoreThreads;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerPoolTest {
  private final WorkerPool pool = new WorkerPool("nhub-test-", 3, Duration.ofMinutes(1));

  @AfterEach
  void close() {
    pool.close();
  }

  private Thread thread(WorkerPool of) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    of.execute(() -> thread.complete(Thread.currentThread()));
    Thread worker = thread.join();
    awaitIdle(worker);
    return worker;
  }

  private static void awaitIdle(Thread worker) {
    Eventually.isTrue("it waits", () -> worker.getState() == State.TIMED_WAITING);
  }

  /** Its stack is warm; the others may end. */
  @Test
  void execute_oneByOne_meetsTheThreadThatBecameIdleLast() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 3; i++) {
      pool.execute(
          () -> {
            threads.add(Thread.currentThread());
            together.countDown();
            await(together);
          });
    }
    together.await();
    Eventually.isTrue(
        "all wait",
        () -> threads.stream().allMatch(each -> each.getState() == State.TIMED_WAITING));
    Thread last = thread(pool);
    for (int i = 0; i < 10; i++) {
      assertSame(last, thread(pool));
    }
  }

  @Test
  void execute_moreThanThreads_waitsForOne() throws InterruptedException {
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(3);
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      pool.execute(
          () -> {
            inside.countDown();
            await(leave);
            done.incrementAndGet();
          });
    }
    inside.await();
    leave.countDown();
    Eventually.isTrue("all ran", () -> done.get() == 10);
  }

  @Test
  void execute_taskThatThrows_doesNotCostTheThread() {
    Thread worker = thread(pool);
    AtomicInteger caught = new AtomicInteger();
    worker.setUncaughtExceptionHandler((thread, failure) -> caught.incrementAndGet());
    pool.execute(
        () -> {
          throw new IllegalStateException("a defect");
        });
    Eventually.isTrue("it was told", () -> caught.get() == 1);
    awaitIdle(worker);
    assertSame(worker, thread(pool));
  }

  @Test
  void execute_interruptedByTheTaskBefore_waitsAllTheSame() throws InterruptedException {
    Thread worker = thread(pool);
    CountDownLatch interrupted = new CountDownLatch(1);
    pool.execute(
        () -> {
          Thread.currentThread().interrupt();
          interrupted.countDown();
        });
    interrupted.await();
    awaitIdle(worker);
    assertSame(worker, thread(pool));
  }

  @Test
  void idle_forLongEnough_ends() throws InterruptedException {
    WorkerPool impatient = new WorkerPool("nhub-test-", 1, Duration.ofMillis(1));
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    impatient.execute(() -> thread.complete(Thread.currentThread()));
    thread.join().join(TimeUnit.MINUTES.toMillis(1));
    assertEquals(State.TERMINATED, thread.join().getState());
    impatient.execute(() -> {});
    impatient.close();
  }

  @Test
  void close_endsIdleThreads_runsWhatWaits_andRefusesMore() throws InterruptedException {
    Thread idle = thread(pool);
    WorkerPool busy = new WorkerPool("nhub-test-", 1, Duration.ofMinutes(1));
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    busy.execute(() -> await(leave));
    busy.execute(ran::countDown);
    busy.close();
    pool.close();
    leave.countDown();
    assertTrue(ran.await(1, TimeUnit.MINUTES));
    idle.join(TimeUnit.MINUTES.toMillis(1));
    assertEquals(State.TERMINATED, idle.getState());
    assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
  }

  /** Threads that end, that become idle and that are woken, all at once: each task runs once. */
  @Test
  void execute_byManyThreads_runsEachTaskOnce() throws InterruptedException {
    WorkerPool impatient = new WorkerPool("nhub-test-", 3, Duration.ofNanos(1));
    AtomicInteger ran = new AtomicInteger();
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          new Thread(
              () -> {
                for (int task = 0; task < 10_000; task++) {
                  impatient.execute(ran::incrementAndGet);
                }
              });
      callers[i].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    Eventually.isTrue(ran::toString, () -> ran.get() == 40_000);
    impatient.close();
  }

  /**
   * A thread that is woken while it waits for the pool's lock does not sleep on: it has a minute.
   */
  @Test
  void execute_whileTheThreadIsAboutToWait_wakesIt() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          new Thread(
              () -> {
                Semaphore done = new Semaphore(0);
                for (int task = 0; task < 20_000; task++) {
                  pool.execute(done::release);
                  done.acquireUninterruptibly();
                  ran.incrementAndGet();
                }
              });
      callers[i].setDaemon(true);
      callers[i].start();
    }
    Eventually.isTrue(ran::toString, () -> ran.get() == 80_000);
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /** What is accepted while a thread is being started is run, though that thread never comes. */
  @Test
  void execute_whileTheOnlyThreadFailsToStart_isRunOrRefused() throws InterruptedException {
    WorkerPool small =
        new WorkerPool(
            "nhub-test-",
            1,
            Duration.ofMinutes(1),
            null,
            thread -> {
              NoMoreThreads.check();
              thread.start();
            });
    CountDownLatch ran = new CountDownLatch(1);
    Thread other = new Thread(() -> small.execute(ran::countDown));
    other.setDaemon(true);
    NoMoreThreads.during(
        () -> assertThrows(OutOfMemoryError.class, () -> small.execute(() -> {})),
        () -> {
          other.start();
          Eventually.isTrue(
              "it waits, or has been there",
              () -> Set.of(State.WAITING, State.TERMINATED).contains(other.getState()));
        });
    assertTrue(ran.await(10, TimeUnit.SECONDS), "no thread");
    small.close();
  }

  @Test
  void execute_taskThatThrows_andSoDoesTheHandlerOfThat_doesNotCostTheThread() {
    WorkerPool small = new WorkerPool("nhub-test-", 1, Duration.ofMinutes(1));
    Thread worker = thread(small);
    worker.setUncaughtExceptionHandler(
        (thread, failure) -> {
          throw new IllegalStateException("a defect of the handler");
        });
    CountDownLatch queued = new CountDownLatch(1);
    small.execute(
        () -> {
          await(queued);
          throw new IllegalStateException("a defect");
        });
    CompletableFuture<Thread> next = new CompletableFuture<>();
    small.execute(() -> next.complete(Thread.currentThread()));
    queued.countDown();
    Eventually.isTrue("what waited is run", next::isDone);
    assertSame(worker, next.join());
    small.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
