package io.nnnco.nhub.stream.internal.log;

import java.time.Duration;

/** How long the certificate in use is good for, in words. */
public final class ExpiryText {
  private ExpiryText() {}

  /** Such as "the certificate expires in 30 days". */
  public static String of(Duration left) {
    if (left.isNegative()) {
      return "the certificate expired " + LogText.duration(left.negated()) + " ago";
    }
    return "the certificate expires in "
        + (left.compareTo(Duration.ofDays(2)) < 0
            ? LogText.duration(left)
            : LogText.times((int) left.toDays(), "day"));
  }
}
