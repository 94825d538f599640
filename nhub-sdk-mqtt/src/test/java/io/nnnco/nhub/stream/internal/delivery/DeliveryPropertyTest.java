package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random handlers, failures and drops against a model of the broker. Whatever happens: nothing is
 * lost, no device is out of order among first deliveries, nothing is acknowledged before its
 * verdict or on another connection than it came on, PUBACKs keep the order of arrival, and no more
 * than the window is in flight, over all connections and before their SUBACK, too, on a server that
 * does as it likes. A redelivery that was settled here before does not run the handler again, where
 * it can be recognised.
 *
 * <p>To repeat a failure, run with {@code -Dnhub.seed=} and the seed of its message; the virtual
 * runs repeat exactly, the threaded one as exactly as threads do.
 */
class DeliveryPropertyTest {
  private static final int MESSAGES = 100_000;
  private static final int DROPS = 50;
  private static final int WINDOW = 50;
  private static final int DEVICES = 40;
  private static final long AMPLE_BYTES = 1 << 20;
  private static final long STUCK_MILLIS = 30_000;

  private final long seed = Long.getLong("nhub.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final ModelDevices devices = new ModelDevices(seed, MESSAGES, DEVICES);

  private long windowBytes = AMPLE_BYTES;

  @Test
  void randomHandlersAndDrops_onRealThreads_keepEveryPromise() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    try {
      Run run = new Run(pool, timer, Time.system(), true, false);
      run.all(
          waiting -> {
            if (waiting) {
              run.broker.await(STUCK_MILLIS);
            }
          });
      run.check();
    } finally {
      pool.shutdownNow();
      timer.shutdownNow();
      assertTrue(pool.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void randomHandlersAndDrops_inARandomOrderOfTasks_keepEveryPromise() throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, false);
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void sessionsLostToo_whatArrivedIsSettled_andTheWindowHolds() throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, true);
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void serverIgnoresTheReceiveMaximum_theWindowHoldsByNotReading() throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, false);
    run.broker.ignoringReceiveMaximum();
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void serverGivesNewPacketIds_theWindowHoldsOverAllResets() throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, false);
    run.broker.renumbering();
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void serverBreaksEveryRule_theWindowHoldsAllTheSame() throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, true);
    run.broker.renumbering().ignoringReceiveMaximum();
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void engineStopsLate_onAServerThatIgnoresTheReceiveMaximum_theWindowHolds()
      throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    Run run = new Run(tasks, time, time.time(), false, false);
    run.broker.ignoringReceiveMaximum().stoppingLate(10);
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void windowInBytes_onAServerThatBreaksEveryRule_holds_andNothingIsStuck()
      throws InterruptedException {
    RandomTasks tasks = new RandomTasks();
    VirtualTime time = new VirtualTime();
    devices.ofAllSizes(1_000);
    windowBytes = 5_000;
    Run run = new Run(tasks, time, time.time(), false, true);
    run.broker.renumbering().ignoringReceiveMaximum().stoppingLate(10);
    run.all(waiting -> tasks.runSome(time, waiting));
    run.check();
  }

  @Test
  void windowInBytes_onRealThreads_andAnHonestServer_keepsEveryPromise()
      throws InterruptedException {
    devices.ofAllSizes(1_000);
    windowBytes = 10_000;
    randomHandlersAndDrops_onRealThreads_keepEveryPromise();
  }

  /** Something that lets the rest of the world go on. */
  @FunctionalInterface
  private interface Pause {
    void run(boolean waiting) throws InterruptedException;
  }

  /** An executor without threads, which runs its tasks in an order of the seed's choice. */
  private final class RandomTasks implements Executor {
    private final List<Runnable> tasks = new ArrayList<>();
    private boolean lazy;

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void runSome(VirtualTime time, boolean waiting) {
      if (waiting && tasks.isEmpty()) {
        time.advance(Duration.ofNanos(500_000));
      }
      if (random.nextInt(200) == 0) {
        lazy = !lazy;
      }
      if (lazy && !waiting) {
        return;
      }
      for (int i = random.nextInt(3); i > 0 && !tasks.isEmpty(); i--) {
        int last = tasks.size() - 1;
        Runnable task = tasks.set(random.nextInt(tasks.size()), tasks.get(last));
        tasks.remove(last);
        task.run();
      }
    }
  }

  private final class Run implements DeliveryListener {
    private final RandomHandler handler;
    private final ModelBroker broker;
    private final DeliveryPipeline pipeline;
    private final boolean losesSessions;
    private final boolean[] arrived = new boolean[MESSAGES];
    private final Set<Integer> waited = new HashSet<>();
    private Transport connection;
    private boolean subscribed;
    private int drops;
    private boolean dropWhenFull;

    Run(
        Executor executor,
        ScheduledExecutorService timer,
        Time time,
        boolean mayBlock,
        boolean losesSessions) {
      this.losesSessions = losesSessions;
      handler = new RandomHandler(MESSAGES, devices, executor, timer, mayBlock, violations::add);
      broker =
          new ModelBroker(random, WINDOW, MESSAGES, devices, handler::isSettled, violations::add);
      handler.mayRepeat(broker::cameUnrecognisably);
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .withoutOutageDetection()
              .withRetries(2)
              .withBackoff(Duration.ofMillis(1), Duration.ofMinutes(1))
              .thenHandOver(handler);
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .window(WINDOW)
              .windowBytes(windowBytes)
              .failurePolicy(policy)
              .build();
      pipeline =
          new DeliveryPipeline(
              handler,
              options,
              Workers.on(executor, timer),
              timer,
              time,
              () -> 1,
              this,
              new Observers(List.of()));
      connection = connect(true);
    }

    void all(Pause pause) throws InterruptedException {
      long lastProgress = System.nanoTime();
      while (!broker.isDone() || pipeline.inFlight() > 0) {
        if (isTimeToDrop()) {
          drop();
        }
        if (!subscribed && broker.isGranted()) {
          subscribed = true;
          pipeline.subscribed(connection);
        }
        InboundMessage message = broker.next();
        if (message != null) {
          receive(message);
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > STUCK_MILLIS * 1_000_000) {
          throw new AssertionError("Stuck after " + broker.published() + " messages" + summary());
        }
        pause.run(message == null);
        assertTrue(violations.isEmpty(), this::summary);
      }
    }

    private void receive(InboundMessage message) {
      int number = ModelDevices.numberOf(message.payload());
      int before = pipeline.inFlight();
      arrived[number] = true;
      pipeline.received(connection, null, List.of(message));
      if (!broker.isRead() && pipeline.inFlight() <= before) {
        waited.add(number);
      }
      if (pipeline.inFlight() > WINDOW) {
        violations.add(pipeline.inFlight() + " in flight");
      }
      if (pipeline.roomBytes() < 0 && pipeline.inFlight() > 1) {
        violations.add(-pipeline.roomBytes() + " bytes too many");
      }
    }

    /** Evenly over the messages, and some right after another, in the middle of redelivery. */
    private boolean isTimeToDrop() {
      long due = (long) drops * MESSAGES / DROPS + MESSAGES / DROPS / 2;
      boolean now = random.nextInt(pipeline.isFull() == dropWhenFull ? 5 : 500) == 0;
      boolean overdue = broker.published() >= due + MESSAGES / DROPS / 4;
      return (broker.published() >= due && (now || overdue))
          || (broker.isRedelivering() && random.nextInt(500) == 0);
    }

    private void drop() {
      drops++;
      dropWhenFull = random.nextBoolean();
      Transport dead = broker.drop();
      pipeline.disconnected(dead);
      broker.ended(dead);
      boolean sessionPresent = !losesSessions || random.nextInt(3) > 0;
      if (!sessionPresent) {
        broker.loseSession();
      }
      connection = connect(sessionPresent);
    }

    /** What waits is left to a session that goes on, and lost where that is lost before long. */
    private Transport connect(boolean sessionPresent) {
      waited.forEach(number -> arrived[number] &= !sessionPresent);
      waited.clear();
      Transport transport = broker.connect();
      pipeline.connected(transport, sessionPresent);
      subscribed = false;
      return transport;
    }

    void check() {
      assertTrue(drops >= DROPS, this::summary);
      for (int i = 0; i < MESSAGES; i++) {
        int message = i;
        boolean lostByTheBroker = losesSessions && !arrived[i];
        assertTrue(lostByTheBroker || handler.isSettled(i), () -> "lost: " + message + summary());
      }
      assertTrue(broker.redeliveries() > 0, this::summary);
      assertEquals(handler.failed(), pipeline.counters().handedOver(), this::summary);
      assertTrue(handler.failed() > MESSAGES / 2_000, this::summary);
      assertEquals(0, pipeline.owed(), this::summary);
      assertEquals(windowBytes, pipeline.roomBytes(), this::summary);
      assertTrue(violations.isEmpty(), this::summary);
    }

    private String summary() {
      return String.format(
          "%n  seed %d: %d drops, %d redeliveries, %d PUBACKs lost, %d failed; violations: %s",
          seed,
          drops,
          broker.redeliveries(),
          broker.lostAcknowledgements(),
          handler.failed(),
          violations.stream().limit(5).toList());
    }

    @Override
    public void onEvent(SubscriptionEvent event) {}

    @Override
    public void onStop(NHubException cause) {
      violations.add("stopped by " + cause);
    }
  }
}
