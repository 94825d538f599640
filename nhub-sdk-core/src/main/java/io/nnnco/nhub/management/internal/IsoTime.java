package io.nnnco.nhub.management.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ISO 8601 times in the variants that server languages write. UTC by default. */
final class IsoTime {
  private static final int MAX_LENGTH = 80;
  private static final Pattern TIME =
      Pattern.compile(
          "(?<date>\\d{4}-\\d{2}-\\d{2})(?:[Tt]|\\s+)(?<time>\\d{2}:\\d{2}(?::\\d{2})?)"
              + "(?:[.,](?<fraction>\\d+))?"
              + "\\s*(?:[Zz]|UTC|GMT|(?<sign>[+-])(?<hours>\\d{2})(?::?(?<minutes>\\d{2}))?"
              + "(?::?(?<seconds>\\d{2}))?)?"
              + "(?:\\[[^\\]]*])?");

  private IsoTime() {}

  /** The time, or null if the text is not one. Digits beyond nanoseconds are dropped. */
  static @Nullable Instant parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      return null;
    }
    try {
      return LocalDateTime.parse(time.group("date") + "T" + time.group("time"))
          .plusNanos(nanos(time.group("fraction")))
          .toInstant(offset(time));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static long nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "000000000").substring(0, 9));
  }

  private static ZoneOffset offset(Matcher time) {
    String sign = time.group("sign");
    if (sign == null) {
      return ZoneOffset.UTC;
    }
    return ZoneOffset.of(
        sign
            + time.group("hours")
            + Objects.requireNonNullElse(time.group("minutes"), "00")
            + Objects.requireNonNullElse(time.group("seconds"), "00"));
  }
}
