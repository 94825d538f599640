package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExponentialBackoffTest {
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  @Test
  void after_moreFailures_doublesUpToTheCap() {
    ExponentialBackoff backoff = new ExponentialBackoff(seconds(1), seconds(30));
    assertEquals(
        List.of(seconds(1), seconds(2), seconds(4), seconds(8), seconds(16), seconds(30)),
        IntStream.rangeClosed(1, 6).mapToObj(backoff::after).toList());
    assertEquals(seconds(30), backoff.after(Integer.MAX_VALUE));
  }

  @Test
  void after_firstBeyondTheCap_isTheCap() {
    assertEquals(seconds(5), new ExponentialBackoff(seconds(9), seconds(5)).after(1));
  }

  @Test
  void after_noDelay_staysWithout() {
    assertEquals(
        Duration.ZERO, new ExponentialBackoff(Duration.ZERO, seconds(5)).after(Integer.MAX_VALUE));
  }

  @Test
  void after_longestDurations_doesNotOverflow() {
    assertEquals(LONGEST, new ExponentialBackoff(LONGEST, LONGEST).after(3));
    assertEquals(LONGEST, new ExponentialBackoff(seconds(1), LONGEST).after(100));
    assertTrue(ExponentialBackoff.part(LONGEST, 0.5).compareTo(Duration.ofDays(36_500)) > 0);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
