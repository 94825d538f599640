package io.nnnco.nhub.kafka.connect;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what no event tells. */
final class Eventually {
  /** How long any test waits for what must come: so long that only a hang takes longer. */
  static final Duration SOON = Duration.ofSeconds(60);

  private Eventually() {}

  static void isTrue(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + SOON + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
