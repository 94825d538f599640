package io.nnnco.nhub.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.nnnco.nhub.management.ApiAttempt;
import io.nnnco.nhub.management.ApiMetrics;
import java.util.concurrent.TimeUnit;

/** The meters of management requests in one registry, tagged as Micrometer tags HTTP clients. */
final class ManagementMeters implements ApiMetrics {
  private final MeterRegistry registry;
  private final Tags common;
  private final OwnMeters own;

  ManagementMeters(MeterRegistry registry, Tags common) {
    this.registry = registry;
    this.common = common;
    this.own = new OwnMeters(registry);
  }

  @Override
  public void attempted(ApiAttempt attempt) {
    own.add(
            Timer.builder("nhub.management.requests")
                .description("Requests to the management API, retries included")
                .tags(common.and(tagsOf(attempt)))
                .register(registry))
        .record(attempt.took(), TimeUnit.NANOSECONDS);
  }

  private static Tags tagsOf(ApiAttempt attempt) {
    Integer status = attempt.status();
    Outcome outcome = status == null ? Outcome.UNKNOWN : Outcome.forStatus(status);
    return Tags.of(
            "method",
            attempt.method(),
            "uri",
            attempt.endpoint(),
            "status",
            status == null ? "IO_ERROR" : status.toString())
        .and(outcome.asTag());
  }

  /** Removes all meters. */
  void close() {
    own.close();
  }
}
