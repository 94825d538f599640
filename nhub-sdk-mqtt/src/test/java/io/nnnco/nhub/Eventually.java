package io.nnnco.nhub;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what no event tells. */
public final class Eventually {
  /** How long any test waits for what must come: so long that only a hang takes longer. */
  public static final Duration SOON = Duration.ofSeconds(60);

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private Eventually() {}

  public static void isTrue(String what, BooleanSupplier condition) {
    isTrue(() -> what, condition, SOON);
  }

  /** With a description that is made when it has not become true. */
  public static void isTrue(Supplier<String> what, BooleanSupplier condition) {
    isTrue(what, condition, SOON);
  }

  static void isTrue(Supplier<String> what, BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + patience + ": " + what.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
