package io.nnnco.nhub.core;

import java.time.Duration;

/** A duration as people write it, for messages and logs: {@code 30 s}, {@code 1 h 30 min}. */
public final class DurationText {
  private DurationText() {}

  /**
   * Writes hours, minutes, seconds and milliseconds, without those that are zero.
   *
   * @param duration the duration; anything below a millisecond is dropped
   * @return such as {@code 250 ms}, {@code 2 min} or {@code 8760 h}; {@code 0 s} for nothing
   */
  public static String of(Duration duration) {
    if (duration.isNegative()) {
      return "-" + of(duration.negated());
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0 s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
    }
  }
}
