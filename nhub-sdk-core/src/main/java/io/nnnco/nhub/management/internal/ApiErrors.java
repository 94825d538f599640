package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.CallPhase;
import io.nnnco.nhub.management.InvalidRequestException;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.RateLimitedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Turns a failure into the matching error. */
final class ApiErrors {
  private static final List<String> OF_THE_TOKEN =
      List.of(
          "invalid token",
          "credentials were not provided",
          "incorrect authentication credentials",
          "token not valid",
          "token_not_valid",
          "token is invalid",
          "token has expired",
          "token expired",
          "signature has expired",
          "user inactive or deleted");

  private final ErrorBodies bodies = new ErrorBodies();

  ManagementException of(ApiResponse response, Instant now) {
    ApiCall call = response.call();
    ErrorBody body = bodies.read(response);
    String said = body.said();
    Duration retryAfter = RetryAfter.of(response.headers(), now);
    return switch (response.status()) {
      case 400 ->
          new InvalidRequestException(
              call, "The platform refused the request." + said, body.fieldErrors());
      case 401 ->
          new ManagementException(
              CoreErrorCode.API_AUTHENTICATION_FAILED,
              call,
              "The token was not accepted." + said,
              false,
              null);
      case 403 ->
          isOfTheToken(said, response)
              ? new ManagementException(
                  CoreErrorCode.API_AUTHENTICATION_FAILED,
                  call,
                  "The token was not accepted." + said,
                  false,
                  null)
              : new ManagementException(
                  CoreErrorCode.API_PERMISSION_DENIED,
                  call,
                  "The token may not do this." + said,
                  false,
                  null);
      case 404 ->
          new ManagementException(
              CoreErrorCode.API_NOT_FOUND,
              call,
              "There is no such thing here." + said,
              false,
              null);
      case 429 -> new RateLimitedException(call, limited(retryAfter) + said, retryAfter);
      default ->
          response.status() >= 500
              ? new ManagementException(
                  CoreErrorCode.API_SERVER_ERROR,
                  call,
                  "The platform failed." + said,
                  retryAfter,
                  mayHaveHappened(call, retryAfter))
              : new ManagementException(
                  CoreErrorCode.API_UNEXPECTED_STATUS,
                  call,
                  "The API documents no such response." + said,
                  false,
                  null);
    };
  }

  /** Django REST Framework also refuses a token with 403, if it has no challenge to send. */
  private static boolean isOfTheToken(String said, ApiResponse response) {
    String words = said.toLowerCase(Locale.ROOT);
    return response.headers().get("WWW-Authenticate") != null
        || OF_THE_TOKEN.stream().anyMatch(words::contains);
  }

  /** A 503 with a Retry-After refused the request before anything was done. */
  private static boolean mayHaveHappened(ApiCall call, @Nullable Duration retryAfter) {
    boolean turnedAway = Integer.valueOf(503).equals(call.status()) && retryAfter != null;
    return call.method().equals("POST") && !turnedAway;
  }

  /** A response that came, and is not what the API documents: a change may have been made. */
  static ManagementException unreadable(ApiCall call, String problem) {
    boolean outcomeUnknown = call.method().equals("POST");
    return new ManagementException(
        CoreErrorCode.API_UNREADABLE_RESPONSE, call, problem, outcomeUnknown, null);
  }

  private static String limited(@Nullable Duration retryAfter) {
    return retryAfter == null
        ? "Too many calls."
        : "Too many calls; the platform asks to wait " + DurationText.of(retryAfter) + ".";
  }

  static ApiConnectionException timeout(
      ApiCall call, CallPhase phase, Duration timeout, IOException cause) {
    return new ApiConnectionException(
        CoreErrorCode.API_TIMEOUT,
        call,
        phase,
        "No complete response in time (at most "
            + DurationText.of(timeout)
            + " for this attempt); it stopped at "
            + phase
            + ".",
        cause);
  }

  static ApiConnectionException connection(
      ApiCall call, HttpUrl url, CallPhase phase, IOException e) {
    String host = url.host() + ":" + url.port();
    if (phase == CallPhase.TLS) {
      TlsTrouble trouble = TlsTrouble.of(host, e);
      return new ApiConnectionException(
          CoreErrorCode.API_CONNECTION_FAILED, call, phase, trouble.problem(), trouble.advice(), e);
    }
    String problem =
        switch (phase) {
          case DNS -> "The name " + url.host() + " has no address.";
          case TCP -> "No connection to " + host + ".";
          case TLS, EXCHANGE ->
              e instanceof ProtocolException
                  ? "The response from " + host + " is not valid HTTP."
                  : "The connection to " + host + " broke before the response was complete.";
        };
    // A protocol error quotes the response, which may contain a key.
    Throwable cause = e instanceof ProtocolException ? null : e;
    return new ApiConnectionException(
        CoreErrorCode.API_CONNECTION_FAILED, call, phase, problem, cause);
  }
}
