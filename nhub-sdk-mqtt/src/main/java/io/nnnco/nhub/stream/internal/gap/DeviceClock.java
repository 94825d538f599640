package io.nnnco.nhub.stream.internal.gap;

/**
 * How far a device's clock is behind ours, the usual time on the way included. It tells a late
 * message, whose clock is as ever, from a clock that was set. Times are in milliseconds. Not
 * thread-safe.
 */
final class DeviceClock {
  /** So many messages in a row come from an earlier time, as far apart as they arrive. */
  private static final int SET_BACK = 3;

  /** So many times in a row, more time has passed between arrivals than by the device's clock. */
  private static final int SLOW = 4;

  private static final long LEAST_TOLERANCE = 2_000;

  private long behind;
  private long lastArrival;
  private boolean proven;
  private long earlierFirst;
  private long earlierLast;
  private long earlierArrival;
  private byte earlier;
  private byte alikeLate;
  private byte slow;

  /** What a message says of the clock. */
  enum Reading {
    /** As ever. */
    USUAL,
    /** As ever, and the message was on its way for longer. */
    LATE,
    /** The clock was set forward: {@link #set} is to be called. */
    SET_FORWARD,
    /** It was set back by less than an interval, or ours was set forward, two messages ago. */
    SET_BACK
  }

  /** The first message. */
  void begin(long sent, long arrival) {
    behind = arrival - sent;
    lastArrival = arrival;
  }

  /** A message that was sent after all before it. */
  Reading later(long sent, long previous, long arrival, double cadence) {
    long tolerance = tolerance(cadence);
    long offset = arrival - sent;
    long sinceArrival = arrival - lastArrival;
    long apart = sinceArrival - (sent - previous);
    lastArrival = arrival;
    earlier = 0;
    slow = (byte) (apart > tolerance ? Math.min(slow + 1, SLOW) : 0);
    if (proven && behind - offset > tolerance) {
      return Reading.SET_FORWARD; // Nothing arrives before it was sent.
    }
    if (!proven) {
      behind = Math.min(behind, offset);
      proven = sinceArrival > 0 && Math.abs(apart) <= tolerance;
    }
    if (offset - behind > tolerance) {
      boolean asSent = sinceArrival >= cadence / 2 && Math.abs(apart) <= tolerance;
      return late(offset, asSent);
    }
    alikeLate = 0;
    behind += (offset - behind) / 8;
    return Reading.USUAL;
  }

  /** What waited somewhere arrives at once; what arrives as it is sent is not late for long. */
  private Reading late(long offset, boolean asSent) {
    alikeLate = (byte) (asSent ? alikeLate + 1 : 1);
    if (alikeLate < SET_BACK) {
      return Reading.LATE;
    }
    alikeLate = 0;
    behind = offset;
    return Reading.SET_BACK;
  }

  /** A message of an earlier time than one before it. Returns whether the clock was set back. */
  boolean earlier(long sent, long arrival, double cadence) {
    long tolerance = tolerance(cadence);
    long sinceArrival = arrival - earlierArrival;
    boolean goesOn =
        earlier > 0
            && sinceArrival > tolerance
            && Math.abs(sinceArrival - (sent - earlierLast)) <= tolerance;
    if (!goesOn) {
      earlier = 0;
      earlierFirst = sent;
    }
    earlier++;
    if (earlier == SET_BACK) {
      earlier = 0;
      lastArrival = arrival;
      return true;
    }
    earlierLast = sent;
    earlierArrival = arrival;
    return false;
  }

  /** The first of the messages that showed that the clock was set back. */
  long earlierFirst() {
    return earlierFirst;
  }

  /** The last of them but one; otherwise the last message that came after a later one. */
  long earlierLast() {
    return earlierLast;
  }

  /** The clock was set. Returns what to add to times that it told before. */
  long set(long sent, long arrival) {
    long before = behind;
    behind = arrival - sent;
    return before - behind;
  }

  /** A time of the device's clock by ours. */
  long ours(long theirs) {
    return theirs + behind;
  }

  /** Whether messages have come as they were sent, and not only what had waited somewhere. */
  boolean isProven() {
    return proven;
  }

  /** Whether it does not run as ours does: it stands still now and then, or has other units. */
  boolean isSlow() {
    return slow == SLOW;
  }

  private static long tolerance(double cadence) {
    return Math.max((long) (0.4 * cadence), LEAST_TOLERANCE);
  }
}
