package io.nnnco.nhub.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that stands still until a test moves it. Passed to {@link FakeNHubBuilder#clock}, it
 * dates certificates and journals, and makes certificates and sessions expire. The keep-alive still
 * uses the wall clock, as clients do.
 *
 * <p>Thread-safe.
 */
public final class VirtualClock extends Clock {
  private final List<Runnable> watchers;
  private final ZoneId zone;
  private final Now now;

  private static final class Now {
    private volatile Instant value;

    Now(Instant value) {
      this.value = value;
    }
  }

  private VirtualClock(Now now, ZoneId zone, List<Runnable> watchers) {
    this.now = now;
    this.zone = zone;
    this.watchers = watchers;
  }

  /**
   * Creates a clock that shows this time.
   *
   * @param start the time
   * @return an independent clock, in UTC
   */
  public static VirtualClock at(Instant start) {
    return new VirtualClock(
        new Now(Objects.requireNonNull(start, "start")),
        ZoneOffset.UTC,
        new CopyOnWriteArrayList<>());
  }

  /**
   * Moves the clock forward. When this returns, everything that is due at the fake by then has
   * happened.
   *
   * @param time how far
   * @throws IllegalArgumentException if it is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("A clock goes forward only, not by " + time + ".");
    }
    synchronized (now) {
      now.value = now.value.plus(time);
    }
    watchers.forEach(Runnable::run);
  }

  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  @Override
  public Instant instant() {
    return now.value;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** Returns the same clock in another time zone; both move together. */
  @Override
  public VirtualClock withZone(ZoneId other) {
    return new VirtualClock(now, other, watchers);
  }

  /** Returns the time that it shows. */
  @Override
  public String toString() {
    return "VirtualClock[" + instant() + "]";
  }
}
