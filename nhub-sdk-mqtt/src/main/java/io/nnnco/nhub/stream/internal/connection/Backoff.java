package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.stream.ReconnectPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Exponential back-off with full jitter. Not thread-safe. */
final class Backoff {
  private final ReconnectPolicy policy;
  private final DoubleSupplier random;
  private int failures;

  /**
   * A back-off without failures.
   *
   * @param random even between 0 and 1
   */
  Backoff(ReconnectPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /** The wait after one more failure. */
  Duration next() {
    Duration bound = policy.initial();
    for (int i = 0; i < failures && bound.compareTo(policy.max()) < 0; i++) {
      bound = bound.multipliedBy(2);
    }
    failures++;
    Duration capped = bound.compareTo(policy.max()) < 0 ? bound : policy.max();
    return Duration.ofNanos((long) (capped.toNanos() * random.getAsDouble()));
  }

  /** A wait near the limit, for what is unlikely to recover soon. */
  Duration slowest() {
    return Duration.ofNanos((long) (policy.max().toNanos() * (1 + random.getAsDouble()) / 2));
  }

  void reset() {
    failures = 0;
  }
}
