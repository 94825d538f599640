package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceLanesTest {
  private final VirtualTime executor = new VirtualTime();
  private final List<String> log = new ArrayList<>();

  @Test
  void submit_sameKey_runsTheNextOnlyWhenTheFirstHasFinished() {
    DeviceLanes<Keyed> lanes = lanes(executor, 4);
    List<Runnable> finish = new ArrayList<>();
    submit(lanes, "a", finished -> begin("a1", finish, finished));
    submit(lanes, "a", finished -> begin("a2", finish, finished));
    submit(lanes, "b", finished -> begin("b1", finish, finished));
    executor.runDue();
    assertEquals(List.of("a1", "b1"), log);

    finish.get(0).run();
    executor.runDue();
    assertEquals(List.of("a1", "b1", "a2"), log);
  }

  private static void submit(DeviceLanes<Keyed> lanes, String key, Consumer<Runnable> task) {
    lanes.submit(List.of(new Keyed(key, task)));
  }

  private static DeviceLanes<Keyed> lanes(Executor executor, int parallelism) {
    return new DeviceLanes<>(executor, parallelism, Keyed::key, DeviceLanesTest::begin);
  }

  private static void begin(Keyed keyed, Runnable finished) {
    keyed.task().accept(finished);
  }

  private record Keyed(String key, Consumer<Runnable> task) {}

  private void begin(String name, List<Runnable> finish, Runnable finished) {
    log.add(name);
    finish.add(finished);
  }

  /**
   * A burst of cheap tasks is to wake few threads, and tasks that block are to get all they may.
   */
  @Test
  void submit_manyKeys_hiresTheNextWorkerWhenTheLastHasBegun() {
    List<Runnable> hired = new ArrayList<>();
    DeviceLanes<Keyed> lanes = lanes(hired::add, 3);
    List<Runnable> finish = new ArrayList<>();
    lanes.submit(
        Stream.of("a", "b", "c", "d")
            .map(key -> new Keyed(key, finished -> begin(key, finish, finished)))
            .toList());
    assertEquals(1, hired.size(), "though four wait");

    hired.remove(0).run();
    assertEquals(List.of("a", "b", "c", "d"), log, "one is enough for tasks that return");
    assertEquals(1, hired.size(), "hired by the first before it ran anything");
    hired.remove(0).run();
    assertEquals(List.of(), hired, "the second found nothing left");
  }

  @Test
  void submit_tasksThatBlock_getAllTheWorkersTheyMay() throws InterruptedException {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      DeviceLanes<Keyed> lanes = lanes(pool, 8);
      CountDownLatch together = new CountDownLatch(8);
      lanes.submit(
          IntStream.range(0, 20)
              .mapToObj(i -> new Keyed("device-" + i, finished -> meet(together, finished)))
              .toList());
      assertTrue(together.await(60, TimeUnit.SECONDS), together::toString);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void meet(CountDownLatch together, Runnable finished) {
    together.countDown();
    try {
      together.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finished.run();
  }

  @Test
  void submit_moreKeysThanParallelism_runsAllInTheEnd() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      DeviceLanes<Keyed> lanes = lanes(pool, 2);
      CountDownLatch done = new CountDownLatch(1_000);
      for (int i = 0; i < 1_000; i++) {
        submit(
            lanes,
            "device-" + i % 100,
            finished -> {
              done.countDown();
              finished.run();
            });
      }
      assertTrue(done.await(SOON.toSeconds(), TimeUnit.SECONDS), "left: " + done.getCount());
    } finally {
      pool.shutdownNow();
    }
  }

  /** For each key: order in is order out, and never two at a time, whatever the timing. */
  @Test
  void submit_randomLoad_keepsTheOrderOfEachKey() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      DeviceLanes<Keyed> lanes = lanes(pool, 4);
      int total = 20_000;
      Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
      CountDownLatch done = new CountDownLatch(total);
      for (int i = 0; i < total; i++) {
        int number = i;
        String key = "device-" + random.nextInt(20);
        boolean later = random.nextInt(10) == 0;
        submit(
            lanes,
            key,
            finished -> {
              seen.computeIfAbsent(key, k -> new ArrayList<>()).add(number);
              done.countDown();
              if (later) {
                pool.execute(finished);
              } else {
                finished.run();
              }
            });
      }
      assertTrue(done.await(SOON.toSeconds(), TimeUnit.SECONDS), "seed " + seed);
      seen.forEach(
          (key, numbers) ->
              assertEquals(numbers.stream().sorted().toList(), numbers, key + ", seed " + seed));
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * A stage may complete before the call that gave it has returned. Both threads then leave the
   * lane at once, but only one has the right to pass it on.
   */
  @Test
  void run_finishedElsewhereBeforeItReturns_passesTheLaneOnOnce() throws InterruptedException {
    BlockingQueue<Runnable> hired = new LinkedBlockingQueue<>();
    AtomicBoolean leave = new AtomicBoolean();
    CountDownLatch bothAreInside = new CountDownLatch(1);
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    Function<Keyed, String> key = // Called under the lock, so that both have to wait for it.
        keyed -> {
          if (keyed.key().equals("b")) {
            leave.set(true);
            waits(first.join());
            waits(second.join());
          }
          return keyed.key();
        };
    DeviceLanes<Keyed> lanes = new DeviceLanes<>(hired::add, 2, key, DeviceLanesTest::begin);
    CountDownLatch lastBegan = new CountDownLatch(1);
    submit(
        lanes,
        "a",
        finished -> {
          Thread other = new Thread(() -> runNext(hired, finished));
          second.complete(other);
          other.start();
          spinUntil(leave);
        });
    submit(
        lanes,
        "a",
        finished -> {
          finished.run();
          bothAreInside.countDown();
          spinUntil(leave);
        });
    submit(lanes, "a", finished -> {});
    submit(lanes, "a", finished -> lastBegan.countDown());
    first.complete(new Thread(hired.remove()));
    first.join().start();
    bothAreInside.await();

    lanes.submit(List.of(new Keyed("b", Runnable::run)));
    first.join().join();
    second.join().join();
    assertEquals(1, lastBegan.getCount(), "the third has not finished");
  }

  private static void waits(Thread thread) {
    Eventually.isTrue("it waits", () -> thread.getState() == State.WAITING);
  }

  private static void runNext(BlockingQueue<Runnable> hired, Runnable finished) {
    finished.run();
    hired.remove().run();
  }

  private static void spinUntil(AtomicBoolean flag) {
    while (!flag.get()) {
      Thread.onSpinWait();
    }
  }
}
