package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.management.ApiCall;
import io.nnnco.nhub.management.ApiConnectionException;
import io.nnnco.nhub.management.ApiTimeoutException;
import io.nnnco.nhub.management.AuthenticationFailedException;
import io.nnnco.nhub.management.ConnectionPhase;
import io.nnnco.nhub.management.InvalidRequestException;
import io.nnnco.nhub.management.ManagementException;
import io.nnnco.nhub.management.NotFoundException;
import io.nnnco.nhub.management.PermissionDeniedException;
import io.nnnco.nhub.management.RateLimitedException;
import io.nnnco.nhub.management.ServerErrorException;
import io.nnnco.nhub.management.UnexpectedStatusException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Turns a failure into the matching error. */
final class Failures {
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
      case 401 -> new AuthenticationFailedException(call, "The token was not accepted." + said);
      case 403 ->
          isOfTheToken(said, response)
              ? new AuthenticationFailedException(call, "The token was not accepted." + said)
              : new PermissionDeniedException(call, "The token may not do this." + said);
      case 404 -> new NotFoundException(call, "There is no such thing here." + said);
      case 429 -> new RateLimitedException(call, limited(retryAfter) + said, retryAfter);
      default ->
          response.status() >= 500
              ? new ServerErrorException(call, "The platform failed." + said, retryAfter)
              : new UnexpectedStatusException(call, "The API documents no such answer." + said);
    };
  }

  /** Django REST Framework also refuses a token with 403, if it has no challenge to send. */
  private static boolean isOfTheToken(String said, ApiResponse response) {
    String words = said.toLowerCase(Locale.ROOT);
    return response.headers().get("WWW-Authenticate") != null
        || OF_THE_TOKEN.stream().anyMatch(words::contains);
  }

  private static String limited(@Nullable Duration retryAfter) {
    return retryAfter == null
        ? "Too many calls."
        : "Too many calls; the platform asks to wait " + DurationText.of(retryAfter) + ".";
  }

  static ApiTimeoutException timeout(
      ApiCall call, ConnectionPhase phase, Duration timeout, IOException cause) {
    return new ApiTimeoutException(
        call,
        phase,
        "No complete answer in time (at most "
            + DurationText.of(timeout)
            + " for this attempt); it stopped at "
            + phase
            + ".",
        cause);
  }

  static ApiConnectionException connection(
      ApiCall call, HttpUrl url, ConnectionPhase phase, IOException e) {
    String host = url.host() + ":" + url.port();
    if (phase == ConnectionPhase.TLS) {
      TlsTrouble trouble = TlsTrouble.of(host, e);
      return new ApiConnectionException(call, phase, trouble.problem(), trouble.advice(), e);
    }
    String problem =
        switch (phase) {
          case DNS -> "The name " + url.host() + " has no address.";
          case TCP -> "No connection to " + host + ".";
          case TLS, EXCHANGE ->
              e instanceof ProtocolException
                  ? "What " + host + " answers is not HTTP as it should be."
                  : "The connection to " + host + " broke before the answer was complete.";
        };
    // A protocol error quotes the response, which may contain a key.
    Throwable cause = e instanceof ProtocolException ? null : e;
    return new ApiConnectionException(call, phase, problem, cause);
  }
}
