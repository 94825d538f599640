package io.nnnco.nhub.management.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or an HTTP date. */
final class RetryAfter {
  private static final String HEADER = "Retry-After";
  private static final Duration LONGEST = Duration.ofDays(365);

  private RetryAfter() {}

  /** How long to wait from now, or null if there is no header or it is invalid. */
  static @Nullable Duration of(Headers headers, Instant now) {
    String value = headers.get(HEADER);
    if (value == null) {
      return null;
    }
    String seconds = value.strip();
    if (!seconds.isEmpty() && seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return seconds.length() > 8 ? LONGEST : shorter(Duration.ofSeconds(Long.parseLong(seconds)));
    }
    Date date = headers.getDate(HEADER);
    return date == null ? null : shorter(Duration.between(now, date.toInstant()));
  }

  private static Duration shorter(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
