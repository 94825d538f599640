package io.nnnco.nhub.testkit.internal.simulation;

/**
 * Random numbers without a state: the number of each throw is known beforehand, so that one more or
 * less changes no other.
 *
 * @param key what tells these dice from others
 */
record Dice(long key) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Dice of their own for each part of a whole. */
  Dice of(long part) {
    return new Dice(mixed(key + GOLDEN * (part + 1)));
  }

  /** A throw: 0 up to, but without, 1. */
  double at(long number) {
    return (mixed(key ^ mixed(GOLDEN * (number + 1))) >>> 11) * 0x1.0p-53;
  }

  /** A throw: 0 up to, but without, the bound. */
  int below(int bound, long number) {
    return (int) (bound * at(number));
  }

  /** A throw with the mean 0 and the standard deviation 1. */
  double gaussian(long number) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - at(2 * number)));
    return radius * StrictMath.cos(2 * Math.PI * at(2 * number + 1));
  }

  /** As SplitMix64 does. */
  private static long mixed(long value) {
    long a = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
