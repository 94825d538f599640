package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.internal.delivery.HandlerOutage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a health check is derived from.
 *
 * @param state the state of the subscription
 * @param failure the last failure, null if none since it was last subscribed
 * @param paused whether the user paused it
 * @param full whether the window is full
 * @param delayed whether there is a connection whose SUBACK waits for handlers or for resume()
 * @param sinceVerdict how long ago a message was last finished, or the first began
 * @param longestCall how long the longest current handler call has run
 * @param retrying whether messages wait for a retry
 * @param outage the outage of the application's own side, null if there is none
 * @param lastSign when the last message came, or the subscription was made; null before
 * @param silentAfter after how long a stream is quiet
 */
record HealthCheck(
    SubscriptionState state,
    @Nullable NHubException failure,
    boolean paused,
    boolean full,
    boolean delayed,
    Duration sinceVerdict,
    Duration longestCall,
    boolean retrying,
    @Nullable HandlerOutage outage,
    @Nullable Instant lastSign,
    Duration silentAfter) {
  private static final Duration STALLED_AFTER = Duration.ofMinutes(1);

  SubscriptionHealth at(Instant now) {
    String cause = failure == null ? "" : " Last error: " + failure.getMessage();
    return switch (state) {
      case CONNECTING ->
          delayed
              ? SubscriptionHealth.of(Reason.CONNECTING, "Connected; " + delay(paused))
              : SubscriptionHealth.of(Reason.CONNECTING, "Connecting." + cause);
      case WAITING -> SubscriptionHealth.of(Reason.DISCONNECTED, "Waiting to reconnect." + cause);
      case REFUSED ->
          SubscriptionHealth.of(Reason.REFUSED, "Waiting for other credentials." + cause);
      case DRAINING -> SubscriptionHealth.of(Reason.CLOSING, "Closing; handlers are finishing.");
      case CLOSED ->
          failure == null
              ? SubscriptionHealth.of(Reason.CLOSED, "Closed.")
              : SubscriptionHealth.of(Reason.FAILED, "Ended by an error: " + failure.getMessage());
      case SUBSCRIBED -> subscribed(now);
    };
  }

  /** Why the subscription is not confirmed yet. */
  static String delay(boolean paused) {
    return paused
        ? "paused before the bridge confirmed the subscription; resume() continues."
        : "the bridge sends what waits in the session before it confirms the subscription, and "
            + "the window is full: it continues as handlers finish.";
  }

  private SubscriptionHealth subscribed(Instant now) {
    if (outage != null) {
      return SubscriptionHealth.of(
          Reason.HANDLER_OUTAGE,
          "Handlers have failed for every message since "
              + outage.since()
              + ", so one at a time is tried. Last error: "
              + ForeignText.shown(outage.cause().toString()));
    }
    if (full && sinceVerdict.compareTo(STALLED_AFTER) >= 0) {
      return windowFull();
    }
    if (paused) {
      return SubscriptionHealth.of(Reason.PAUSED, "Paused; resume() continues.");
    }
    if (lastSign != null && !lastSign.plus(silentAfter).isAfter(now)) {
      return SubscriptionHealth.of(
          Reason.QUIET, "Connected and subscribed; no message since " + lastSign + ".");
    }
    return SubscriptionHealth.of(Reason.RECEIVING, "Connected and subscribed.");
  }

  /** A handler that does not return needs help; one that will be retried does not. */
  private SubscriptionHealth windowFull() {
    String what = "The window is full, and no message was finished for " + text(sinceVerdict);
    if (longestCall.compareTo(STALLED_AFTER) >= 0) {
      return SubscriptionHealth.of(
          Reason.STALLED,
          what + ": a handler was called " + text(longestCall) + " ago and has not returned.");
    }
    if (!retrying && longestCall.isZero()) {
      return SubscriptionHealth.of(Reason.STALLED, what + ": no worker is free.");
    }
    return SubscriptionHealth.of(Reason.RETRYING, what + ": handlers fail and are being retried.");
  }

  private static String text(Duration duration) {
    return DurationText.of(duration.truncatedTo(ChronoUnit.SECONDS));
  }
}
