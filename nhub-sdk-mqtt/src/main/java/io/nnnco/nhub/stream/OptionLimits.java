package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a value of {@link SubscribeOptions} must be. */
final class OptionLimits {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** For ever, as far as a process is concerned; a long has nanoseconds for three times as much. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private OptionLimits() {}

  static String name(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " has 1 to 64 letters, digits, hyphens and underscores: \"" + name + "\"");
    }
    return name;
  }

  static Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero.");
    }
    return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
  }

  static Duration seconds(String name, Duration duration, long max) {
    if (duration.toSeconds() < 1 || duration.toSeconds() > max) {
      throw new IllegalArgumentException(
          name + " must be from 1 to " + max + " seconds, not " + DurationText.of(duration) + ".");
    }
    return Duration.ofSeconds(duration.toSeconds());
  }
}
