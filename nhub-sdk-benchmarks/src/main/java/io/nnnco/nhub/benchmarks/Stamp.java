package io.nnnco.nhub.benchmarks;

import java.time.Instant;

/**
 * A time in microseconds of {@link System#nanoTime()}, which processes of one Linux machine share,
 * written as an uplink's timestamp in milliseconds.
 */
final class Stamp {
  /** A timestamp as any other, in March 2024; the stamps are those after it. */
  static final long EPOCH = 1_710_300_000_000L;

  static final int DIGITS = 13;

  /** After 11 days it begins anew, and has no more digits. */
  private static final long PERIOD = 1_000_000_000_000L;

  private Stamp() {}

  static long of(long nanos) {
    return EPOCH + Math.floorMod(nanos / 1_000, PERIOD);
  }

  /** How many microseconds ago the time was. */
  static long age(Instant timestamp) {
    return Math.floorMod(of(System.nanoTime()) - timestamp.toEpochMilli(), PERIOD);
  }
}
