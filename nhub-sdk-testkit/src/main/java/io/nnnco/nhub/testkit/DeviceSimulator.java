package io.nnnco.nhub.testkit;

import io.nnnco.nhub.testkit.internal.simulation.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A fleet of devices that send on their own until it is closed; created by {@link
 * FakeNHub#simulator()}. With the system's clock, it sends in real time, from a daemon thread; with
 * a {@link VirtualClock}, it sends whenever that is moved, on the thread that moves it.
 *
 * <p>Thread-safe.
 */
public final class DeviceSimulator implements AutoCloseable {
  private static final Duration IDLE = Duration.ofHours(1);

  private final Fleet fleet;
  private final Instant startedAt;
  private final InstantSource clock;
  private final Consumer<FakeMessage> publisher;
  private final Runnable clockWatcher = this::publishDue;
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Fair, so that a fleet that cannot keep up can still be slowed down. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Condition changed = lock.newCondition();
  private volatile boolean closed;

  DeviceSimulator(
      Fleet fleet, Instant startedAt, InstantSource clock, Consumer<FakeMessage> publisher) {
    this.fleet = fleet;
    this.startedAt = startedAt;
    this.clock = clock;
    this.publisher = publisher;
  }

  void begin() {
    if (clock instanceof VirtualClock virtual) {
      virtual.watch(clockWatcher);
    } else {
      Thread thread = new Thread(this::run, "fake-nhub-simulator");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * When it started, which determines all that it sends: {@link
   * DeviceSimulatorBuilder#transmissions} from this time says what becomes of it, unless the rate
   * is changed.
   *
   * @return the time, by the fake's clock
   */
  public Instant startedAt() {
    return startedAt;
  }

  /**
   * How many messages have been published so far.
   *
   * @return the count
   */
  public long sent() {
    return sent.get();
  }

  /**
   * How many devices there are.
   *
   * @return the count
   */
  public int devices() {
    return fleet.size();
  }

  /**
   * How often the fleet as a whole sends.
   *
   * @return uplinks per second
   */
  public double rate() {
    lock.lock();
    try {
      return fleet.size() * 1e9 / fleet.interval().toNanos();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes how often the fleet as a whole sends, from now on. Periods and delays of phenomena stay
   * as long as they were.
   *
   * @param perSecond uplinks per second, above zero and at most a million
   * @throws IllegalArgumentException if it is not
   */
  public void rate(double perSecond) {
    Duration interval = DeviceSimulatorBuilder.interval(fleet.size(), perSecond);
    lock.lock();
    try {
      fleet.interval(interval, clock.instant());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean running() {
    return !closed && !ended.isDone();
  }

  /**
   * Completes when it has stopped: normally after {@link #close()}, or with the error that stopped
   * it. That is also logged.
   *
   * @return a future of its own for each call
   */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /**
   * Stops sending: what is still on its way, such as a late message, is never published.
   * Idempotent.
   *
   * @throws IllegalStateException if it has stopped before because of an error, which is the cause
   */
  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (clock instanceof VirtualClock virtual) {
      virtual.unwatch(clockWatcher);
    }
    if (!ended.complete(null) && ended.isCompletedExceptionally()) {
      throw new IllegalStateException(
          "The simulator had stopped after " + sent + " messages.",
          ended.handle((v, e) -> e).join());
    }
  }

  private void publishDue() {
    boolean published = true;
    while (published) {
      published = publishNext();
    }
  }

  /** Publishes one message, if one is due, so that a year's worth needs no more memory. */
  private boolean publishNext() {
    lock.lock();
    try {
      Transmission.Arrival next = closed ? null : fleet.poll(clock.instant());
      if (next == null) {
        return false;
      }
      publisher.accept(next.message());
      sent.incrementAndGet();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        publishDue();
        lock.lock();
        try {
          changed.awaitNanos(nanosToNext());
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
      LoggerFactory.getLogger(DeviceSimulator.class)
          .error("The simulator has stopped after {} messages", sent, e);
      throw e;
    }
  }

  private long nanosToNext() {
    Instant next = fleet.nextTurn();
    Duration pause = next == null ? IDLE : Duration.between(clock.instant(), next);
    return closed ? 0 : pause.compareTo(IDLE) > 0 ? IDLE.toNanos() : pause.toNanos();
  }
}
