package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.StreamHealth;
import io.nnnco.nhub.stream.StreamHealth.Reason;
import io.nnnco.nhub.stream.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HealthCheckTest {
  private static final Instant NOW = Instant.parse("2026-03-17T02:03:04Z");

  private static StreamHealth subscribed(boolean full, Duration sinceVerdict) {
    return new HealthCheck(
            SubscriptionState.SUBSCRIBED,
            null,
            false,
            full,
            false,
            sinceVerdict,
            NOW,
            Duration.ofMinutes(10))
        .at(NOW);
  }

  @Test
  void at_windowFullForAMinute_isStalledAndSaysForHowLong() {
    StreamHealth health = subscribed(true, Duration.ofMillis(75_123));

    assertEquals(Reason.STALLED, health.reason());
    assertFalse(health.live());
    assertEquals("The window is full, and no handler finished for 1 min 15 s.", health.detail());
  }

  @Test
  void at_windowFullForLess_isReceiving() {
    assertTrue(subscribed(true, Duration.ofSeconds(59)).live());
    assertEquals(Reason.RECEIVING, subscribed(true, Duration.ofSeconds(59)).reason());
    assertEquals(Reason.RECEIVING, subscribed(false, Duration.ofHours(1)).reason());
  }
}
