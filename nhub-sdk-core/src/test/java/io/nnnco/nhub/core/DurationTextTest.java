package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.25S, 250 ms",
    "PT30S, 30 s",
    "PT1M15.5S, 1 min 15 s 500 ms",
    "PT2M, 2 min",
    "PT1H, 1 h",
    "PT90M, 1 h 30 min",
    "P365D, 8760 h",
    "PT-5M, -5 min",
    "PT0.0005S, 0 s",
    "PT1H0.0005S, 1 h"
  })
  void of_anyDuration_isAsPeopleWriteIt(Duration duration, String text) {
    assertEquals(text, DurationText.of(duration));
  }
}
