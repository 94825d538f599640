package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Successes, failures, time-outs and drops that race on real threads, while the application's own
 * side comes and goes: nothing gets stuck, no two calls have messages of one device, and what is
 * acknowledged was handled, or is poison at the last resort.
 */
class OutageOnThreadsTest {
  private static final int MESSAGES = 20_000;
  private static final int DEVICES = 40;
  private static final int WINDOW = 200;
  private static final Duration DEADLINE = Duration.ofMillis(30);

  private final long seed = Long.getLong("nhub.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final ModelDevices devices = new ModelDevices(seed, MESSAGES, DEVICES);
  private final Set<Integer> busy = ConcurrentHashMap.newKeySet();
  private final Set<Integer> settled = ConcurrentHashMap.newKeySet();
  private final Set<Integer> lastResort = ConcurrentHashMap.newKeySet();
  private final Set<Integer> hung = ConcurrentHashMap.newKeySet();
  private final ModelBroker broker =
      new ModelBroker(random, WINDOW, MESSAGES, devices, settled::contains, violations::add);
  private volatile boolean down;

  @Test
  void singleMessages_onAPool_nothingGetsStuck() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    run(pool, pool, this::handleOne);
  }

  @Test
  void batches_onAPool_nothingGetsStuck() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    BatchOptions batchOptions = BatchOptions.of(20, Duration.ofMillis(1)).parallel(3);
    run(pool, pool, new BatchedHandler(batchOptions, this::handleAll));
  }

  @Test
  void batches_onAPoolThatRunsInTheCallerWhenItIsFull_nothingGetsStuck()
      throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            2,
            2,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            new ThreadPoolExecutor.CallerRunsPolicy());
    BatchOptions batchOptions = BatchOptions.of(20, Duration.ofMillis(1)).parallel(3);
    run(pool, pool, new BatchedHandler(batchOptions, this::handleAll));
  }

  private void run(Executor executor, ExecutorService pool, AsyncMessageHandler handler)
      throws InterruptedException {
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    try {
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .withBackoff(Duration.ofMillis(1), Duration.ofMillis(20))
              // Poison that first fails when all others have succeeded is taken for an outage.
              .withPatience(Duration.ofSeconds(5))
              .thenHandOver(
                  failure -> {
                    int number = ModelDevices.numberOf(failure.delivery().payload());
                    lastResort.add(number);
                    settled.add(number);
                  });
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .window(WINDOW)
              .handlerDeadline(DEADLINE)
              .failurePolicy(policy)
              .build();
      DeliveryPipeline pipeline =
          new DeliveryPipeline(
              handler,
              options,
              Workers.on(executor, timer),
              timer,
              Time.system(),
              random::nextDouble,
              new Listener(),
              new Observers(List.of()));
      timer.scheduleWithFixedDelay(() -> down = !down, 50, 50, TimeUnit.MILLISECONDS);
      deliverAll(pipeline);
      assertEquals(0, pipeline.owed(), this::summary);
      assertTrue(violations.isEmpty(), this::summary);
    } finally {
      timer.shutdownNow();
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private void deliverAll(DeliveryPipeline pipeline) throws InterruptedException {
    Transport connection = connect(pipeline);
    long lastProgress = System.nanoTime();
    int before = 0;
    while (!broker.isDone() || pipeline.inFlight() > 0) {
      if (random.nextInt(2_000) == 0) {
        Transport dead = broker.drop();
        pipeline.disconnected(dead);
        broker.ended(dead);
        connection = connect(pipeline);
      }
      InboundMessage message = broker.next();
      if (message != null) {
        pipeline.received(connection, null, List.of(message));
      } else {
        broker.await(1);
      }
      if (settled.size() > before) {
        before = settled.size();
        lastProgress = System.nanoTime();
      }
      long idle = System.nanoTime() - lastProgress;
      assertTrue(idle < SOON.toNanos(), () -> "stuck, " + pipeline.inFlight() + summary());
      assertTrue(violations.isEmpty(), this::summary);
    }
  }

  private Transport connect(DeliveryPipeline pipeline) {
    Transport transport = broker.connect();
    pipeline.connected(transport, true);
    pipeline.subscribed(transport);
    return transport;
  }

  private CompletionStage<?> handleOne(DeviceMessage message, io.nnnco.nhub.stream.Delivery d) {
    return handle(List.of((int) message.timestamp().toEpochMilli()), false);
  }

  private CompletionStage<?> handleAll(List<DeliveredMessage> batch) {
    return handle(
        batch.stream().map(each -> (int) each.message().timestamp().toEpochMilli()).toList(), true);
  }

  private CompletionStage<?> handle(List<Integer> numbers, boolean batch) {
    Set<Integer> own = new HashSet<>();
    numbers.forEach(number -> own.add(devices.deviceOf(number)));
    for (int device : own) {
      if (!busy.add(device)) {
        violations.add("two calls at a time for device " + device + ": " + numbers);
      }
    }
    try {
      return outcome(numbers, batch);
    } finally {
      busy.removeAll(own);
    }
  }

  private CompletionStage<?> outcome(List<Integer> numbers, boolean batch) {
    boolean bad = numbers.stream().anyMatch(this::isPoison);
    int first = numbers.get(0);
    if (fate(first) < 2 && hung.add(first)) {
      keepTheThread();
    }
    if (down || bad) {
      RuntimeException failure = new IllegalStateException("not now");
      int place = new SplittableRandom(first).nextInt(numbers.size() * 2);
      throw batch && fate(first) % 2 == 0 ? BatchFailedException.at(place, failure) : failure;
    }
    settled.addAll(numbers);
    return CompletableFuture.completedFuture(null);
  }

  /** As a read from a socket does: it takes no notice of the interrupt at the deadline. */
  private static void keepTheThread() {
    long until = System.nanoTime() + 3 * DEADLINE.toNanos();
    for (long left = 1; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      Thread.interrupted();
    }
  }

  private boolean isPoison(int number) {
    return fate(number) >= 998 && number < MESSAGES - 2_000; // Others come after it, and tell.
  }

  private int fate(int number) {
    return devices.fateOf(number);
  }

  private String summary() {
    return String.format(
        "%n  seed %d, %d settled, %d at the last resort, violations: %s",
        seed, settled.size(), lastResort.size(), violations.stream().limit(5).toList());
  }

  private final class Listener implements DeliveryListener {
    @Override
    public void onEvent(SubscriptionEvent event) {}

    @Override
    public void onStop(NHubException cause) {
      violations.add("stopped by " + cause);
    }
  }
}
