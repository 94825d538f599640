package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.RateLimitedException;
import io.nnnco.nhub.management.RetryPolicy;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Decides whether to retry, and after which wait. Has no state, clock or I/O. */
record Retries(RetryPolicy policy, DoubleSupplier random) {

  /**
   * The wait before another attempt, or empty if the failure is final.
   *
   * @param attempt the number of attempts made, from 1
   * @param left the time that the call has left
   */
  Optional<Duration> waitAfter(
      ManagementException failure, boolean get, int attempt, Duration left) {
    if (attempt >= policy.maxAttempts()
        || !(get ? worthRepeating(failure) : hadNoEffect(failure))) {
      return Optional.empty();
    }
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration wait = asked.isZero() ? backoff(attempt) : asked;
    return wait.compareTo(left) < 0 ? Optional.of(wait) : Optional.empty();
  }

  private static boolean worthRepeating(ManagementException failure) {
    int status = failure.status().orElse(0);
    return failure instanceof RateLimitedException
        || status == 502
        || status == 503
        || status == 504
        || (failure instanceof ApiConnectionException && !isDistrust(failure.getCause()));
  }

  private static boolean hadNoEffect(ManagementException failure) {
    if (failure instanceof RateLimitedException) {
      return true;
    }
    if (failure instanceof ApiConnectionException e) {
      return e.phase() != CallPhase.EXCHANGE && !isDistrust(e.getCause());
    }
    return failure.status().orElse(0) == 503 && failure.retryAfter().isPresent();
  }

  /** A certificate that is not trusted now will not be trusted in a second. */
  private static boolean isDistrust(@Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  /** Full jitter: anything from nothing to a limit that doubles each time. */
  private Duration backoff(int attempt) {
    double limit = policy.initialDelay().toNanos() * Math.pow(2, attempt - 1);
    double capped = Math.min(limit, (double) policy.maxDelay().toNanos());
    return Duration.ofNanos((long) (random.getAsDouble() * capped));
  }
}
