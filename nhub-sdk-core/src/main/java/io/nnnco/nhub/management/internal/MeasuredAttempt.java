package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.internal.FlightRecorderModule;
import io.nnnco.nhub.management.ApiAttempt;
import io.nnnco.nhub.management.ManagementException;
import org.jspecify.annotations.Nullable;

/** One request, for the metrics and the flight recorder. Not thread-safe. */
final class MeasuredAttempt {
  private final ApiRequest request;
  private final int number;
  private final MonotonicTime time;
  private final BoundApiMetrics metrics;
  private final long started;
  private final @Nullable ApiCallEvent event;

  /** It begins now. */
  MeasuredAttempt(ApiRequest request, int number, MonotonicTime time, BoundApiMetrics metrics) {
    this.request = request;
    this.number = number;
    this.time = time;
    this.metrics = metrics;
    this.started = time.nanos();
    this.event = FlightRecorderModule.IS_PRESENT ? ApiCallEvent.begun() : null;
  }

  /**
   * It has ended.
   *
   * @return the nanoseconds that it took
   */
  long ended(@Nullable Integer status, @Nullable ManagementException failure) {
    ApiAttempt attempt =
        new ApiAttempt(
            request.method(),
            request.endpoint().template(),
            status,
            failure == null ? null : failure.code(),
            number,
            time.nanos() - started);
    if (event != null) {
      event.ended(attempt);
    }
    metrics.attempted(attempt);
    return attempt.took();
  }
}
