package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random outages, poison, drops and ends against a model of the broker and of the application's own
 * side. Whatever the mix: each device keeps its order; what is acknowledged was handled, or is at
 * the last resort; nothing gets there but poison, where outages can be told; an outage is probed by
 * one call at a time and per interval; after the end no call begins; and when the side is up for
 * good, all is settled before long.
 *
 * <p>To repeat a failure, run with {@code -Dnhub.seed=} and the seed of its message.
 */
class OutagePropertyTest {
  private static final int RUNS = Integer.getInteger("nhub.runs", 150);
  private static final int BEFORE = 400;
  private static final int TOTAL = 4_000;
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration STUCK = Duration.ofHours(24);

  private final @Nullable Long givenSeed = Long.getLong("nhub.seed");

  @Test
  void singleMessages_steadyOutages_loseNothingButPoison() {
    repeat(false, true);
  }

  @Test
  void singleMessages_flapping_keepEveryPromise() {
    repeat(false, false);
  }

  @Test
  void batches_steadyOutages_loseNothingButPoison() {
    repeat(true, true);
  }

  @Test
  void batches_flapping_keepEveryPromise() {
    repeat(true, false);
  }

  private void repeat(boolean batches, boolean steady) {
    if (givenSeed != null) {
      new Run(givenSeed, batches, steady).run();
      return;
    }
    long first = System.nanoTime();
    for (int i = 0; i < RUNS; i++) {
      new Run(first + i, batches, steady).run();
    }
  }

  /** How a run ends. */
  private enum End {
    SETTLED,
    DRAINED,
    ABANDONED
  }

  /** One random world. */
  private static final class Run implements DeliveryListener {
    private final long seed;
    private final Random random;
    private final boolean steady;
    private final List<String> violations = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final ModelDevices devices;
    private final int fleet;
    private final int window;
    private final int onePoisonIn;
    private final int retries;
    private final boolean detects;
    private final End end;
    private final BatchOptions batchOptions;
    private final boolean batched;
    private final FallibleSide side;
    private final ModelBroker broker;
    private final DeliveryPipeline pipeline;
    private Transport connection;
    private boolean subscribed;
    private int drops;

    Run(long seed, boolean batched, boolean steady) {
      this.seed = seed;
      this.steady = steady;
      this.batched = batched;
      random = new Random(seed);
      fleet = 1 + random.nextInt(30);
      devices = new ModelDevices(seed, TOTAL, fleet, random.nextBoolean() ? 30 : 1_000);
      window = 4 + random.nextInt(80);
      onePoisonIn = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 5 + random.nextInt(100);
      retries = random.nextInt(6);
      detects = random.nextInt(4) > 0;
      end =
          random.nextInt(3) > 0 ? End.SETTLED : random.nextBoolean() ? End.DRAINED : End.ABANDONED;
      int parallel = 1 + random.nextInt(3);
      int size = 1 + random.nextInt(Math.min(20, window / parallel));
      batchOptions =
          BatchOptions.of(size, Duration.ofMillis(random.nextInt(500))).parallel(parallel);
      Duration first = Duration.ofMillis(10 + random.nextInt(990));
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .withRetries(retries)
              .withBackoff(first, first.multipliedBy(1 + random.nextInt(30)))
              .withOutageAfter(2 + random.nextInt(2))
              .withPatience(Duration.ofMinutes(steady && fleet >= 8 ? 60 : 5 + random.nextInt(10)));
      policy = random.nextBoolean() ? policy.giveUpOn(FallibleSide.Invalid.class) : policy;
      policy = detects ? policy : policy.withoutOutageDetection();
      Duration deadline = Duration.ofSeconds(5 + random.nextInt(20));
      side = new FallibleSide(time, random, devices, this::isPoison, deadline, violations::add);
      broker = new ModelBroker(random, window, TOTAL, devices, side::isSettled, violations::add);
      side.mayRepeat(broker::cameUnrecognisably);
      side.atMost(batched ? parallel : Integer.MAX_VALUE);
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .window(window)
              .handlerDeadline(deadline)
              .failurePolicy(policy.thenHandOver(side))
              .build();
      Executor executor = random.nextInt(4) == 0 ? time : tasks::add;
      pipeline =
          new DeliveryPipeline(
              batched ? new BatchedHandler(batchOptions, side) : (AsyncMessageHandler) side,
              options,
              Workers.on(executor, time),
              time,
              time.time(),
              random::nextDouble,
              this,
              new Observers(List.of()));
      side.watch(pipeline::outage, first.dividedBy(2));
      connection = connect();
    }

    private boolean isPoison(int message) {
      return message < BEFORE && message % onePoisonIn == onePoisonIn - 1;
    }

    private Transport connect() {
      Transport transport = broker.connect();
      pipeline.connected(transport, true);
      subscribed = false;
      return transport;
    }

    void run() {
      troubles();
      if (end == End.ABANDONED) {
        abandon();
      } else {
        recover();
        check();
      }
      assertTrue(violations.isEmpty(), this::summary);
    }

    /** Outages come and go, while the fleet sends. */
    private void troubles() {
      for (int phase = random.nextInt(2); broker.published() < BEFORE && phase < 60; phase++) {
        boolean hangs = retries > 0 && random.nextInt(4) == 0;
        side.down(phase % 2 == 0, hangs);
        long seconds = steady ? steadySeconds() : random.nextInt(20);
        for (long i = 0; i < seconds * 20; i++) {
          step(3);
          if (!violations.isEmpty()) {
            return;
          }
        }
      }
      side.down(false, false);
    }

    private long steadySeconds() {
      return random.nextInt(10) == 0 ? 3_600 : 60 + random.nextInt(120);
    }

    private void step(int oneDropsIn) {
      if (random.nextInt(1_000 * oneDropsIn) == 0) {
        drop();
      }
      if (!subscribed && broker.isGranted()) {
        subscribed = true;
        pipeline.subscribed(connection);
      }
      boolean sends = random.nextInt(8) == 0 || broker.isRedelivering();
      InboundMessage message = sends ? broker.next() : null;
      if (message != null) {
        pipeline.received(connection, null, List.of(message));
      }
      runTasks();
      time.advance(STEP);
      runTasks();
      if (pipeline.inFlight() > window) {
        violations.add(pipeline.inFlight() + " in flight");
      }
    }

    private void runTasks() {
      while (!tasks.isEmpty() && random.nextInt(20) > 0) {
        int last = tasks.size() - 1;
        Runnable task = tasks.set(random.nextInt(tasks.size()), tasks.get(last));
        tasks.remove(last);
        task.run();
      }
    }

    private void drop() {
      drops++;
      Transport dead = broker.drop();
      pipeline.disconnected(dead);
      broker.ended(dead);
      connection = connect();
    }

    private void abandon() {
      pipeline.abandon();
      side.end();
      for (int i = 0; i < 2_000; i++) {
        step(1_000);
      }
    }

    /** The side is up for good, and the fleet goes on sending: all before is settled. */
    private void recover() {
      long steps = STUCK.dividedBy(STEP);
      CompletableFuture<Void> drained = null;
      for (long i = 0; i < steps && !isDone(drained) && violations.isEmpty(); i++) {
        step(1_000);
        if (end == End.DRAINED && drained == null && random.nextInt(100) == 0) {
          drained = pipeline.drain();
        }
      }
      assertTrue(
          isDone(drained) || !violations.isEmpty() || isLikeAnOutage(),
          () -> "stuck" + side.waiting() + summary());
    }

    /** Poison holds up all that is to come: nobody can tell it from an outage. */
    private boolean isLikeAnOutage() {
      int before = side.calls();
      for (int i = 0; i < 2_000; i++) {
        step(1_000);
      }
      return pipeline.outage() != null && side.waitsForPoisonOnly() && side.calls() > before;
    }

    private boolean isDone(@Nullable CompletableFuture<Void> drained) {
      if (end == End.DRAINED) {
        return drained != null && drained.isDone();
      }
      return broker.isDone() || (broker.published() > BEFORE + 2 * window && allBeforeIsSettled());
    }

    private boolean allBeforeIsSettled() {
      for (int i = 0; i < broker.published(); i++) {
        if (!side.isSettled(i)) {
          return false;
        }
      }
      return pipeline.inFlight() == 0;
    }

    private void check() {
      for (int i = 0; i < 20; i++) {
        runTasks();
      }
      if (pipeline.outage() == null) {
        assertEquals(0, pipeline.inFlight(), this::summary);
      }
      assertTrue(side.running() <= (pipeline.outage() == null ? 0 : 1), this::summary);
      for (int number : side.lastResort()) {
        if (!isPoison(number) && !devices.isUndecodable(number)) {
          checkGoodAtTheLastResort(number);
        }
      }
      for (int i = 0; i < Math.min(BEFORE, broker.published()); i++) {
        if (isPoison(i) && side.isSettled(i) && !side.lastResort().contains(i)) {
          violations.add("poison was handled: " + i);
        }
      }
    }

    private void checkGoodAtTheLastResort(int number) {
      if (!detects || fleet < 8 || window < 40) {
        return;
      }
      if (steady ? retries > 0 : side.rows(number) < Math.min(2, Math.max(1, retries))) {
        violations.add(number + " was given up, and is no poison; rows: " + side.rows(number));
      }
    }

    private String summary() {
      return String.format(
          "%n  seed %d, %s: %d devices, window %d, %s, poison %d, retries %d, detects %s, %s, %s,"
              + " %d drops, %d of %d in flight, outage %s, last resort %s, violations: %s",
          seed,
          steady ? "steady" : "flapping",
          fleet,
          window,
          batched ? batchOptions : "single",
          onePoisonIn,
          retries,
          detects,
          side,
          end,
          drops,
          pipeline.inFlight(),
          broker.published(),
          pipeline.outage(),
          side.lastResort(),
          violations.stream().limit(5).toList());
    }

    @Override
    public void onEvent(SubscriptionEvent event) {
      if (event instanceof SubscriptionEvent.HandlerRetry retry) {
        side.noteFailure(ModelDevices.numberOf(retry.delivery().payload()));
      }
    }

    @Override
    public void onStop(NHubException cause) {
      violations.add("stopped by " + cause);
    }
  }
}
