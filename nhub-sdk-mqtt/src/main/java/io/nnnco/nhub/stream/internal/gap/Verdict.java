package io.nnnco.nhub.stream.internal.gap;

/** What a time between two messages says about the rhythm of a device. */
enum Verdict {
  /** There is no cadence. */
  UNKNOWN,
  /** There is a cadence now, and {@link Rhythm#last} tells what came before. */
  LEARNED,
  /** One message after the other. */
  ON_TIME,
  /** {@link Rhythm#intervals()} says how many intervals went by. */
  MISSING,
  /** There is another cadence, and {@link Rhythm#since} says since when. */
  CHANGED,
  /** There was a cadence, and it was none. */
  IRREGULAR
}
