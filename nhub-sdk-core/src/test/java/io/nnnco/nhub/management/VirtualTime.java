package io.nnnco.nhub.management;

import io.nnnco.nhub.management.internal.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that moves only when something waits in it. */
final class VirtualTime implements MonotonicTime, InstantSource {
  static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;

  @Override
  public synchronized long nanos() {
    return elapsed.toNanos();
  }

  @Override
  public synchronized void pause(Duration length) {
    pauses.add(length);
    elapsed = elapsed.plus(length);
  }

  @Override
  public synchronized Instant instant() {
    return START.plus(elapsed);
  }

  /** The waits so far, in order. */
  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
