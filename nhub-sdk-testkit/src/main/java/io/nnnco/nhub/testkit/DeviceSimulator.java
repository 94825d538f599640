package io.nnnco.nhub.testkit;

import io.nnnco.nhub.testkit.internal.simulation.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
  private @Nullable Thread thread;
  private boolean closed;

  DeviceSimulator(
      Fleet fleet, Instant startedAt, InstantSource clock, Consumer<FakeMessage> publisher) {
    this.fleet = fleet;
    this.startedAt = startedAt;
    this.clock = clock;
    this.publisher = publisher;
  }

  synchronized void begin() {
    if (clock instanceof VirtualClock virtual) {
      virtual.watch(clockWatcher);
    } else {
      thread = new Thread(this::run, "fake-nhub-simulator");
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
  public synchronized double rate() {
    return fleet.size() * 1e9 / fleet.interval().toNanos();
  }

  /**
   * Changes how often the fleet as a whole sends, from now on.
   *
   * @param perSecond uplinks per second, above zero and at most a million
   * @throws IllegalArgumentException if it is not
   */
  public synchronized void rate(double perSecond) {
    fleet.interval(DeviceSimulatorBuilder.interval(fleet.size(), perSecond), clock.instant());
    notifyAll();
  }

  synchronized boolean running() {
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
   * Stops sending. Idempotent.
   *
   * @throws IllegalStateException if it has stopped before because of an error, which is the cause
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
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

  private synchronized void publishDue() {
    if (!closed) {
      for (Transmission.Arrival arrival : fleet.next(clock.instant())) {
        publisher.accept(arrival.message());
        sent.incrementAndGet();
      }
    }
  }

  private synchronized void run() {
    try {
      while (!closed) {
        publishDue();
        Instant next = fleet.nextTurn();
        Duration pause = next == null ? IDLE : Duration.between(clock.instant(), next);
        if (!pause.isNegative() && !pause.isZero()) {
          wait(pause.toMillis() + 1);
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
}
