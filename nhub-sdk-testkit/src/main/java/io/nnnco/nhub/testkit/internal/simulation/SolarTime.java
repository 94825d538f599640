package io.nnnco.nhub.testkit.internal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The time of day and year by the sun around Sydney. */
final class SolarTime {
  private static final double LONGITUDE = 151.2;
  private static final double HOTTEST_HOUR = 15;
  private static final double HOTTEST_DAY = 20;

  private SolarTime() {}

  /** The hour of the day, 0 to 24. */
  static double hour(Instant at) {
    double utcHour = Math.floorMod(at.getEpochSecond(), 86_400L) / 3_600.0;
    return (utcHour + LONGITUDE / 15) % 24;
  }

  /** How busy people are, with a mean of 1 over the day: 1.8 in working hours, else 0.2. */
  static double businessOf(Instant at) {
    double hour = hour(at);
    return hour >= 7 && hour < 19 ? 1.8 : 0.2;
  }

  /** From -1 in the early morning to 1 in mid-afternoon. */
  static double warmthOfDay(Instant at) {
    return StrictMath.cos(2 * Math.PI * (hour(at) - HOTTEST_HOUR) / 24);
  }

  /** From -1 in July to 1 in January. */
  static double warmthOfYear(Instant at) {
    int day = at.atOffset(ZoneOffset.UTC).getDayOfYear();
    return StrictMath.cos(2 * Math.PI * (day - HOTTEST_DAY) / 365.25);
  }

  /** The hours between two times; 0 if there is no earlier one. */
  static double hoursBetween(@Nullable Instant earlier, Instant later) {
    return earlier == null ? 0 : Duration.between(earlier, later).toNanos() / 3.6e12;
  }
}
