package io.nnnco.nhub.stream.metrics;

import io.nnnco.nhub.stream.Subscription;

/** Creates the metrics of a subscription. */
@FunctionalInterface
public interface SubscriptionMetricsFactory {
  /**
   * A subscription is about to begin, or runs already. Called with locks held: must return at once,
   * and must not begin or close subscriptions. What it throws is logged, and the subscription is
   * not measured; for one that runs already, {@code NHubClient.measure} throws it, and measures
   * none.
   *
   * @param subscription the subscription; it may be kept, to read its statistics
   * @return its metrics
   */
  SubscriptionMetrics metricsOf(Subscription subscription);
}
