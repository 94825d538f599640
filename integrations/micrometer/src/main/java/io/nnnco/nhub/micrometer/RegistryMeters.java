package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import io.nnnco.nhub.stream.metrics.SubscriptionMetricsFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The meters of a client's subscriptions in one registry. Thread-safe. */
final class RegistryMeters implements SubscriptionMetricsFactory {
  private static final int ENTERPRISES = 3;

  private final MeterRegistry registry;
  private final Tags common;
  private final Map<Tags, GroupMeters> groups = new HashMap<>();

  RegistryMeters(MeterRegistry registry, Tags common) {
    this.registry = registry;
    this.common = common;
  }

  @Override
  public synchronized SubscriptionMetrics metricsOf(Subscription subscription) {
    Tags tags = common.and(tagsOf(subscription.options()));
    return groups.computeIfAbsent(tags, all -> new GroupMeters(registry, all)).add(subscription);
  }

  private static Tags tagsOf(SubscribeOptions options) {
    return Tags.of("enterprise", enterprises(options), "subscription", name(options));
  }

  /** A tag must stay short. */
  private static String enterprises(SubscribeOptions options) {
    List<Enterprise> all = options.enterprises();
    String first =
        all.stream().limit(ENTERPRISES).map(Enterprise::code).collect(Collectors.joining(","));
    return all.size() <= ENTERPRISES
        ? first
        : first + " and " + (all.size() - ENTERPRISES) + " more";
  }

  private static String name(SubscribeOptions options) {
    String durable = options.durableName();
    String shared = options.sharedGroup();
    return durable != null ? durable : shared != null ? shared : "none";
  }

  /** Removes all meters. */
  synchronized void close() {
    groups.values().forEach(GroupMeters::close);
    groups.clear();
  }
}
