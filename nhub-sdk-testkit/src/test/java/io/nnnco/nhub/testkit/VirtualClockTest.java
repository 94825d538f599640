package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualClockTest {
  private static final Instant START = Instant.parse("2026-03-17T00:00:00Z");

  private final VirtualClock clock = VirtualClock.at(START);

  @Test
  void instant_untilMoved_standsStill() {
    assertEquals(START, clock.instant());
    clock.advance(Duration.ofDays(1));
    assertEquals(START.plus(Duration.ofDays(1)), clock.instant());
  }

  @Test
  void advance_backwards_isAMistake() {
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofMillis(-1)));
  }

  @Test
  void withZone_isTheSameClock() {
    VirtualClock sydney = clock.withZone(ZoneId.of("Australia/Sydney"));

    sydney.advance(Duration.ofHours(1));

    assertEquals(START.plusSeconds(3_600), clock.instant());
    assertEquals(ZoneId.of("Australia/Sydney"), sydney.getZone());
  }

  @Test
  void advance_tellsWatchersOnceItShowsTheNewTime() {
    List<Instant> told = new ArrayList<>();
    Runnable watcher = () -> told.add(clock.instant());
    clock.watch(watcher);
    clock.advance(Duration.ofSeconds(1));
    clock.unwatch(watcher);
    clock.advance(Duration.ofSeconds(1));

    assertEquals(List.of(START.plusSeconds(1)), told);
  }
}
