package io.nnnco.nhub.codec;

import java.math.BigDecimal;

/**
 * Reads numbers as in RFC 8259, exactly. Numbers of up to 18 digits, the only ones that devices
 * send, are read without an intermediate string.
 */
final class JsonNumbers {
  /** A long always holds one digit more than this. */
  private static final long ROOM_FOR_A_DIGIT = 100_000_000_000_000_000L;

  private static final long EXACT_IN_DOUBLE = 1L << 53;

  /** The number of powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Far beyond all limits, and far from overflowing. */
  private static final int HUGE = 1_000_000_000;

  private final JsonBytes in;
  private final JsonPlace place;
  private int at;
  private boolean negative;
  private boolean fits;
  private long digits;
  private int scale;

  JsonNumbers(JsonBytes in, JsonPlace place) {
    this.in = in;
    this.place = place;
  }

  /** The number that starts here, with its digits as written. */
  BigDecimal decimal() {
    scan();
    return value();
  }

  /**
   * The double nearest to the number that starts here, including zero and infinity, within the
   * limits.
   */
  double nearest() {
    scan();
    if (fits && digits <= EXACT_IN_DOUBLE && Math.abs(scale) < POWERS.length) {
      double magnitude = scale < 0 ? digits * POWERS[-scale] : digits / POWERS[scale];
      return negative ? -magnitude : magnitude;
    }
    double nearest = Double.parseDouble(in.since(at));
    if ((nearest == 0 || Double.isInfinite(nearest)) && isOutOfBounds()) {
      throw outOfBounds();
    }
    return nearest;
  }

  /** The number that was read last, with its digits as written. */
  BigDecimal last() {
    return value();
  }

  /** The whole number that starts here, in whatever notation. */
  long milliseconds() {
    scan();
    if (fits && scale == 0) {
      return negative ? -digits : digits;
    }
    try {
      return value().longValueExact();
    } catch (ArithmeticException e) {
      throw place.error("it is not a whole number of milliseconds within 64 bits", at);
    }
  }

  private BigDecimal value() {
    if (isOutOfBounds()) {
      throw outOfBounds();
    }
    return fits
        ? BigDecimal.valueOf(negative ? -digits : digits, scale)
        : new BigDecimal(in.since(at));
  }

  private void scan() {
    at = in.at();
    digits = 0;
    scale = 0;
    fits = true;
    negative = in.peek() == '-';
    if (negative) {
      in.skip();
    }
    if (in.peek() == '0') {
      in.skip();
      if (isDigit(in.peek())) {
        throw in.unexpected();
      }
    } else {
      digits();
    }
    if (in.peek() == '.') {
      in.skip();
      scale = digits();
    }
    if ((in.peek() | 0x20) == 'e') {
      in.skip();
      scale -= exponent();
    }
    if (in.at() - at > MessageDecoder.MAX_NUMBER_LENGTH) {
      throw place.error(
          "the number is longer than " + MessageDecoder.MAX_NUMBER_LENGTH + " characters", at);
    }
  }

  private boolean isOutOfBounds() {
    return Math.abs(scale) > MessageDecoder.MAX_NUMBER_SCALE;
  }

  /** Reads at least one digit; returns how many. */
  private int digits() {
    int count = 0;
    for (int c = in.peek(); isDigit(c); c = in.peek()) {
      if (digits < ROOM_FOR_A_DIGIT) {
        digits = 10 * digits + (c - '0');
      } else {
        fits = false;
      }
      in.skip();
      count++;
    }
    if (count == 0) {
      throw in.unexpected();
    }
    return count;
  }

  private int exponent() {
    int sign = in.peek();
    if (sign == '-' || sign == '+') {
      in.skip();
    }
    if (!isDigit(in.peek())) {
      throw in.unexpected();
    }
    int exponent = 0;
    for (int c = in.peek(); isDigit(c); c = in.peek()) {
      exponent = (int) Math.min(HUGE, exponent * 10L + (c - '0'));
      in.skip();
    }
    return sign == '-' ? -exponent : exponent;
  }

  private MalformedMessageException outOfBounds() {
    return place.error("the number is too large or too small", at);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
