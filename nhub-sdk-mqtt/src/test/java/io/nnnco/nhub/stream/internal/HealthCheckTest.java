package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionHealth.Reason;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.delivery.HandlerOutage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthCheckTest {
  private static final Instant NOW = Instant.parse("2026-03-17T02:03:04Z");

  private static SubscriptionHealth subscribed(
      boolean full, Duration sinceVerdict, Duration longestCall, boolean retrying) {
    return new HealthCheck(
            SubscriptionState.SUBSCRIBED,
            null,
            false,
            full,
            false,
            sinceVerdict,
            longestCall,
            retrying,
            null,
            NOW,
            Duration.ofMinutes(10))
        .at(NOW);
  }

  private static SubscriptionHealth full(
      Duration sinceVerdict, Duration longestCall, boolean retrying) {
    return subscribed(true, sinceVerdict, longestCall, retrying);
  }

  private static final Duration LONG = Duration.ofMillis(75_123);

  @Test
  void at_handlerThatDoesNotComeBack_isStalledAndSaysForHowLong() {
    SubscriptionHealth health = full(LONG, Duration.ofSeconds(80), false);

    assertEquals(Reason.STALLED, health.reason());
    assertFalse(health.live());
    assertEquals(
        "The window is full, and no message was finished for 1 min 15 s: a handler was called"
            + " 1 min 20 s ago and has not returned.",
        health.detail());
    assertFalse(full(LONG, Duration.ofSeconds(60), true).live(), "whatever the others wait for");
  }

  @Test
  void at_handlersThatWillBeCalledAgain_isLive() {
    SubscriptionHealth health = full(LONG, Duration.ZERO, true);

    assertEquals(Reason.RETRYING, health.reason());
    assertTrue(health.live());
    assertFalse(health.ready());
    assertEquals(
        "The window is full, and no message was finished for 1 min 15 s: handlers fail and are being retried.",
        health.detail());
    assertTrue(full(LONG, Duration.ofSeconds(59), false).live(), "the last of them is running");
  }

  @Test
  void at_nothingRunsAndNothingWaits_isStalled() {
    assertEquals(Reason.STALLED, full(LONG, Duration.ZERO, false).reason());
  }

  @Test
  void at_windowFullForLess_isReceiving() {
    Duration hour = Duration.ofHours(1);
    assertEquals(Reason.RECEIVING, full(Duration.ofSeconds(59), hour, false).reason());
    assertEquals(Reason.RECEIVING, subscribed(false, hour, hour, false).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTING, Connecting. Last error: NHUB-NET-004: Reset.",
    "WAITING, Waiting to reconnect. Last error: NHUB-NET-004: Reset.",
    "REFUSED, Waiting for other credentials. Last error: NHUB-NET-004: Reset.",
    "CLOSED, Ended by an error: NHUB-NET-004: Reset."
  })
  void at_afterAFailure_tellsIt(SubscriptionState state, String beginning) {
    NHubException failure =
        new ConnectionException(
            StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM, "Reset.", null);
    String detail =
        new HealthCheck(
                state,
                failure,
                false,
                false,
                false,
                Duration.ZERO,
                Duration.ZERO,
                false,
                null,
                null,
                LONG)
            .at(NOW)
            .detail();
    assertTrue(detail.startsWith(beginning), detail);
  }

  @Test
  void at_handlerOutage_isNotReadyButLive_andQuotesTheHandler() {
    SubscriptionHealth health =
        new HealthCheck(
                SubscriptionState.SUBSCRIBED,
                null,
                false,
                true,
                false,
                Duration.ofMinutes(5),
                Duration.ZERO,
                true,
                new HandlerOutage(NOW.minusSeconds(60), new IllegalStateException("no\ndatabase")),
                NOW,
                LONG)
            .at(NOW);
    assertEquals(SubscriptionHealth.Reason.HANDLER_OUTAGE, health.reason());
    assertFalse(health.ready());
    assertTrue(health.live());
    assertTrue(health.detail().contains("since 2026-03-17T02:02:04Z"), health.detail());
    assertFalse(health.detail().contains("\n"), health.detail());
  }
}
