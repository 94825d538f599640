package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** The timers of a group. They are looked up once: to find one allocates nothing. */
final class GroupTimers {
  private static final Duration[] HANDLER = millis(1, 5, 20, 100, 500, 2_000, 10_000, 60_000);
  private static final Duration[] LAG =
      millis(100, 500, 1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000);
  private static final Duration[] WAIT = millis(1, 10, 100, 1_000, 10_000, 60_000, 300_000);

  private final MeterRegistry registry;
  private final Tags tags;
  private final OwnMeters own;
  private final Map<HandlerOutcome, Timer> handler = new ConcurrentHashMap<>();
  private final Timer queue;
  private final Timer lag;
  private final Timer acknowledgement;

  GroupTimers(MeterRegistry registry, Tags tags, OwnMeters own) {
    this.registry = registry;
    this.tags = tags;
    this.own = own;
    this.queue =
        register("nhub.messages.queue", "From arrival to the first handler call", tags, WAIT);
    this.lag = register("nhub.messages.lag", "From timestamp_ms to arrival", tags, LAG);
    this.acknowledgement =
        register(
            "nhub.messages.acknowledgement", "From arrival to the acknowledgement", tags, WAIT);
    handler(HandlerOutcome.SUCCESS);
  }

  private static Duration[] millis(long... limits) {
    return LongStream.of(limits).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private Timer register(String name, String description, Tags tagged, Duration... buckets) {
    return own.add(
        Timer.builder(name)
            .description(description)
            .tags(tagged)
            .serviceLevelObjectives(buckets)
            .register(registry));
  }

  /** Of calls with an outcome; those that are rare have a timer from their first time on. */
  Timer handler(HandlerOutcome outcome) {
    Timer known = handler.get(outcome);
    return known != null ? known : handler.computeIfAbsent(outcome, this::registerHandler);
  }

  private Timer registerHandler(HandlerOutcome outcome) {
    Tags tagged = tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT));
    return register("nhub.handler", "Handler calls; a batch is one call", tagged, HANDLER);
  }

  Timer queue() {
    return queue;
  }

  Timer lag() {
    return lag;
  }

  Timer acknowledgement() {
    return acknowledgement;
  }
}
