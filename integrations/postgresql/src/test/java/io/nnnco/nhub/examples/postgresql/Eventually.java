package io.nnnco.nhub.examples.postgresql;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what no event tells. */
final class Eventually {
  /** How long any test waits for what must come: so long that only a hang takes longer. */
  static final Duration SOON = Duration.ofMinutes(2);

  private Eventually() {}

  /** What may fail with a database. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  static void isTrue(String what, Condition condition) throws Exception {
    isTrue(what, SOON, condition);
  }

  static void isTrue(String what, Duration within, Condition condition) throws Exception {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + within + ": " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
