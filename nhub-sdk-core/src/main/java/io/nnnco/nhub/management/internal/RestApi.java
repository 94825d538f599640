package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.core.internal.HostName;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.ApiMetrics;
import io.nnnco.nhub.management.ManagementException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a call: gets the token, sends the request, retries where allowed, all within a deadline.
 */
public final class RestApi implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("io.nnnco.nhub.management");

  private final RestSettings settings;
  private final HttpUrl base;
  private final HttpTransport transport;
  private final Retries retries;
  private final ApiErrors failures = new ApiErrors();
  private final BoundApiMetrics metrics = new BoundApiMetrics();

  /** Uses the given HTTP client, or one of its own if there is none. */
  public RestApi(RestSettings settings, @Nullable OkHttpClient httpClient) {
    this.settings = settings;
    HttpUrl given = Objects.requireNonNull(HttpUrl.get(settings.base()), "base");
    this.base = given.newBuilder().host(HostName.withoutDot(given.host())).build();
    this.transport = new HttpTransport(httpClient, settings.proxy(), settings.scheme(), base);
    this.retries = new Retries(settings.retryPolicy(), settings.random());
  }

  /** From now on these metrics are told of each attempt, too. */
  public MetricsBinding measure(ApiMetrics measured) {
    return metrics.bind(measured);
  }

  Duration callTimeout() {
    return settings.callTimeout();
  }

  long nanos() {
    return settings.time().nanos();
  }

  Instant now() {
    return settings.clock().instant();
  }

  /** The address of an endpoint without an id, ending in a slash. */
  HttpUrl url(Endpoint endpoint) {
    return url(endpoint, "");
  }

  /** The address of an endpoint with an id, ending in a slash. */
  HttpUrl url(Endpoint endpoint, String id) {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : endpoint.segments()) {
      url.addPathSegment(segment.equals(Endpoint.ID) ? requireId(id) : segment);
    }
    return url.addPathSegment("").build();
  }

  private static String requireId(String id) {
    if (id.isBlank() || id.equals(".") || id.equals("..")) {
      throw new IllegalArgumentException("Not an id: \"" + ForeignText.shown(id) + "\".");
    }
    return id;
  }

  /** A successful response, or the error of the last attempt. */
  ApiResponse call(ApiRequest request) {
    long end = settings.time().nanos() + settings.callTimeout().toNanos();
    Secret token = settings.tokens().token();
    boolean tokenRenewed = false;
    for (int attempt = 1; ; attempt++) {
      Duration left = Duration.ofNanos(Math.max(1, end - settings.time().nanos()));
      Outcome outcome = attempt(request, token, left, attempt);
      if (outcome.response() != null) {
        return outcome.response();
      }
      ManagementException failure = Objects.requireNonNull(outcome.failure());
      if (failure.code() == CoreErrorCode.API_AUTHENTICATION_FAILED && !tokenRenewed) {
        tokenRenewed = true;
        Secret fresh = settings.tokens().tokenAfterRejection(token);
        if (!fresh.equals(token)) {
          token = fresh;
          continue;
        }
      }
      waitOrThrow(request, failure, attempt, end);
      token = settings.tokens().token();
    }
  }

  private record Outcome(@Nullable ApiResponse response, @Nullable ManagementException failure) {}

  private Outcome attempt(ApiRequest request, Secret token, Duration left, int number) {
    Duration limit = settings.attemptTimeout();
    MeasuredAttempt attempt = new MeasuredAttempt(request, number, settings.time(), metrics);
    try {
      ApiResponse response =
          transport.send(request, token, limit.compareTo(left) < 0 ? limit : left);
      ManagementException failure = response.isSuccess() ? null : failures.of(response, now());
      long took = attempt.ended(response.status(), failure);
      log.debug("{} in {} ms (attempt {})", response.call(), took / 1_000_000, number);
      return failure == null ? new Outcome(response, null) : new Outcome(null, failure);
    } catch (ApiConnectionException e) {
      attempt.ended(null, e);
      log.debug("{} failed with {} (attempt {})", e.call(), e.code().id(), number);
      return new Outcome(null, e);
    } catch (ManagementException e) {
      attempt.ended(null, e);
      throw e;
    }
  }

  private void waitOrThrow(ApiRequest request, ManagementException failure, int attempt, long end) {
    Duration left = Duration.ofNanos(end - settings.time().nanos());
    Optional<Duration> wait = retries.waitAfter(failure, request.isGet(), attempt, left);
    if (wait.isEmpty()) {
      throw failure;
    }
    log.debug("{} is sent again in {} ms", failure.call(), wait.get().toMillis());
    try {
      settings.time().pause(wait.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled("The thread was interrupted between attempts.", failure, e);
    }
    if (transport.isClosed()) {
      throw cancelled("The management client was closed between attempts.", failure, null);
    }
  }

  private static ManagementException cancelled(
      String problem, ManagementException failure, @Nullable InterruptedException cause) {
    ManagementException cancelled =
        new ManagementException(CoreErrorCode.API_CANCELLED, failure.call(), problem, false, cause);
    cancelled.addSuppressed(failure);
    return cancelled;
  }

  @Override
  public void close() {
    transport.close();
  }
}
