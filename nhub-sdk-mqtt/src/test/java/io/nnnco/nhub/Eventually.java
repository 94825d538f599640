package io.nnnco.nhub;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what no event tells. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_AGAIN_NANOS = 500_000;

  private Eventually() {}

  static void isTrue(String what, BooleanSupplier condition) {
    isTrue(what, condition, PATIENCE);
  }

  static void isTrue(String what, BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
