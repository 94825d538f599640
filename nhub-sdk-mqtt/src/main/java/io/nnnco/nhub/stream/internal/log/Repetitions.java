package io.nnnco.nhub.stream.internal.log;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What happens again and again: the first of each kind is worth a line, and the others of the same
 * {@link #PERIOD} are counted. Not thread-safe.
 */
final class Repetitions {
  /** How often the log says that something continues. */
  static final Duration PERIOD = Duration.ofMinutes(5);

  private static final int MOST_KINDS = 10;

  private final Map<String, Instant> told = new HashMap<>();
  private int untold;

  /** Whether it deserves a line of its own; otherwise, it is counted. */
  boolean isNews(String kind, Instant now) {
    if (untold == 0) { // Otherwise a line that sums up is on its way.
      told.values().removeIf(at -> !now.isBefore(at.plus(PERIOD)));
    }
    if (told.size() < MOST_KINDS && !told.containsKey(kind)) {
      told.put(kind, now);
      return true;
    }
    untold++;
    return false;
  }

  /** Counts one that deserves no line, whatever kind it is. */
  void count() {
    untold++;
  }

  /** How many were only counted. */
  int untold() {
    return untold;
  }

  /** They are told now, which makes them old news for another period. */
  void toldAll(Instant now) {
    untold = 0;
    told.replaceAll((kind, at) -> now);
  }
}
