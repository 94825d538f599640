package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientStatsTest {
  private static final Instant NOON = Instant.parse("2026-03-17T12:00:00Z");

  private static final SubscriptionStats FIRST =
      new SubscriptionStats(
          1,
          2,
          3,
          4,
          5,
          6,
          7,
          8,
          9,
          10,
          0.25,
          Duration.ofSeconds(3),
          NOON,
          NOON.minusSeconds(60),
          NOON.plusSeconds(9));
  private static final SubscriptionStats SECOND =
      new SubscriptionStats(
          10,
          20,
          30,
          40,
          50,
          60,
          70,
          80,
          90,
          100,
          0.5,
          Duration.ofSeconds(2),
          NOON.plusSeconds(1),
          NOON,
          null);

  @Test
  void of_none_isNothing() {
    assertEquals(ClientStats.NONE, ClientStats.of(List.of(), ClientStats.NONE));
  }

  @Test
  void of_two_areTheSumTheLongestLagAndTheLatestTimes() {
    SubscriptionStats expected =
        new SubscriptionStats(
            11,
            22,
            33,
            44,
            55,
            66,
            77,
            88,
            99,
            110,
            0.5,
            Duration.ofSeconds(3),
            NOON.plusSeconds(1),
            NOON,
            NOON.plusSeconds(9));

    assertEquals(expected, ClientStats.of(List.of(FIRST, SECOND), ClientStats.NONE));
    assertEquals(expected, ClientStats.of(List.of(SECOND, FIRST), ClientStats.NONE));
  }

  @Test
  void of_oneThatIsNotSubscribed_haveNoTimeSinceWhenAllAre() {
    assertNull(
        ClientStats.of(List.of(FIRST, ClientStats.NONE), ClientStats.NONE).subscribedSince());
  }

  @Test
  void of_oneThatHasEnded_countsAndHoldsNothing() {
    assertEquals(
        new SubscriptionStats(
            11,
            22,
            33,
            44,
            55,
            66,
            77,
            88,
            99,
            10,
            0.25,
            Duration.ofSeconds(3),
            NOON.plusSeconds(1),
            FIRST.subscribedSince(),
            FIRST.certificateExpiresAt()),
        ClientStats.of(List.of(FIRST), SECOND));
  }
}
