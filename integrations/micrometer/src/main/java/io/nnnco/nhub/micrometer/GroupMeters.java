package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the subscriptions with the same tags in one registry. The gauges are there as long
 * as one of these subscriptions is, counters and timers until the end: they must not go down.
 */
final class GroupMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  private final SubscriptionGroup group = new SubscriptionGroup();
  private final OwnMeters lasting;
  private final OwnMeters gauges;
  private final GroupTimers timers;

  GroupMeters(MeterRegistry registry, Tags tags) {
    requireFree(registry, tags);
    this.registry = registry;
    this.tags = tags;
    this.lasting = new OwnMeters(registry);
    this.gauges = new OwnMeters(registry);
    this.timers = new GroupTimers(registry, tags, lasting);
    Count.ALL.forEach(this::registerCounter);
  }

  /** A registry gives the meters of another out as if they were new, and the two would mix. */
  private static void requireFree(MeterRegistry registry, Tags tags) {
    if (registry.find(Count.ALL.get(0).name()).tags(tags).meter() != null) {
      throw new IllegalStateException(
          "The registry has meters of another NHubMetrics with the tags "
              + tags
              + ". If they are of another client, give each client tags of its own:"
              + " new NHubMetrics(nhub, Tags.of(\"client\", \"billing\"))");
    }
  }

  private void registerCounter(Count count) {
    lasting.add(
        FunctionCounter.builder(count.name(), group, all -> all.total(count))
            .description(count.description())
            .tags(tags.and(count.tags()))
            .register(registry));
  }

  /** One more subscription; returns what it is measured with. */
  SubscriptionMetrics add(Subscription subscription) {
    if (group.add(subscription, wallTime())) {
      registerGauges();
    }
    return new MeasuredSubscription(this, timers, subscription);
  }

  /** One less; its counts stay. */
  void end(Subscription subscription) {
    if (group.end(subscription)) {
      gauges.removeAll();
    }
  }

  private void registerGauges() {
    gauge("nhub.messages.in.flight", "Messages read and not finished", tags, group::inFlight);
    gauges.add(
        Gauge.builder("nhub.window.used", group, SubscriptionGroup::windowUsed)
            .description("Share of the window in use; at 1, nothing more is read")
            .baseUnit("ratio")
            .tags(tags)
            .register(registry));
    for (SubscriptionState state : SubscriptionState.values()) {
      Tags tagged = tags.and("state", state.name().toLowerCase(Locale.ROOT));
      gauge(
          "nhub.subscription.state", "Subscriptions in this state", tagged, () -> group.in(state));
    }
    gauge("nhub.subscription.ready", "1 if messages flow, else 0", tags, group::ready);
    gauge("nhub.subscription.live", "1 if it recovers by itself, else 0", tags, group::live);
    age("nhub.messages.last.age", "Since the last message", all -> all.lastAge(wallTime()));
    age(
        "nhub.certificate.remaining",
        "Until the client certificate expires",
        all -> all.certificateRemaining(wallTime()));
  }

  private void gauge(String name, String description, Tags tagged, Supplier<Number> value) {
    gauges.add(Gauge.builder(name, value).description(description).tags(tagged).register(registry));
  }

  private void age(String name, String description, ToDoubleFunction<SubscriptionGroup> millis) {
    gauges.add(
        TimeGauge.builder(name, group, TimeUnit.MILLISECONDS, millis)
            .description(description)
            .tags(tags)
            .register(registry));
  }

  private long wallTime() {
    return registry.config().clock().wallTime();
  }

  /** A connection was lost, or an attempt failed. */
  void disconnected(ErrorCode error) {
    lasting
        .add(
            Counter.builder("nhub.subscription.disconnects")
                .description("Connections lost and attempts that failed")
                .tags(tags.and("error", error.id()))
                .register(registry))
        .increment();
  }

  /** Removes all meters. */
  void close() {
    lasting.close();
    gauges.close();
  }
}
