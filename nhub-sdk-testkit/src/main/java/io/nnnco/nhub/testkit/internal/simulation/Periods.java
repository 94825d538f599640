package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.testkit.Phenomenon;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Periods that cover a share of the time, at times that only the dice know. The time is divided
 * into blocks, and each block has one period somewhere in it, so that any time can be looked up.
 * All times are nanoseconds since the fleet's start.
 */
final class Periods {
  /** How much shorter or longer than the mean a period may be. */
  private static final double SPREAD = 0.5;

  private final Dice dice;
  private final double block;
  private final double mean;
  private final double spread;

  /**
   * Periods of a phenomenon.
   *
   * @param number the device or gateway
   * @param mean the mean length
   */
  Periods(Conditions conditions, Phenomenon phenomenon, long number, Duration mean) {
    double share = conditions.share(phenomenon);
    this.dice = conditions.dice(phenomenon, number);
    this.mean = mean.toNanos();
    this.block = this.mean / share; // infinite without a share
    this.spread = Math.min(SPREAD, 1 / share - 1);
  }

  /**
   * A period.
   *
   * @param number the periods count from 0
   */
  record Period(long number, long from, long until) {
    /** Where in the period a time is, 0 to 1. */
    double part(long time) {
      return (double) (time - from) / (until - from);
    }
  }

  /** The period that covers a time; null if none does. */
  @Nullable Period at(long time) {
    Period nearest = number((long) (time / block));
    return nearest != null && nearest.from() <= time && time < nearest.until() ? nearest : null;
  }

  /** Whether one of them has a part after one time and up to another. */
  boolean meet(long after, long upTo) {
    Period next = number((long) (after / block));
    while (next != null && next.until() <= after) {
      next = number(next.number() + 1);
    }
    return next != null && next.from() <= upTo;
  }

  /** The period of this number, counted from 0; null if there are none. */
  @Nullable Period number(long number) {
    if (Double.isInfinite(block)) {
      return null;
    }
    double length = mean * (1 + spread * (2 * dice.at(2 * number) - 1));
    double from = block * number + (block - length) * dice.at(2 * number + 1);
    return new Period(number, Math.round(from), Math.round(from + length));
  }
}
