package io.nnnco.nhub.cli;

import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts of a subscription, for tests of what shows them. */
final class StatsSamples {
  private StatsSamples() {}

  static SubscriptionStats of(
      @Nullable Duration lag, double windowUsed, int inFlight, long reconnects) {
    return new SubscriptionStats(
        0, 0, 0, 0, 0, 0, 0, 0, reconnects, inFlight, windowUsed, lag, null, null, null);
  }

  /** 45 ms behind, with 812 of 1,000 in flight, and one reconnect. */
  static SubscriptionStats busy() {
    return of(Duration.ofMillis(45), 0.812, 812, 1);
  }
}
