package io.nnnco.nhub.stream.internal.gap;

/**
 * How often a device sends, learned from the times between its messages. The middle of the last
 * ones is not moved by losses, and once there is a cadence it follows slowly. A device that sends
 * on events has no cadence. Not thread-safe; allocates nothing after it was made.
 */
final class Rhythm {
  /** What a time between two messages says. */
  enum Verdict {
    /** There is no cadence. */
    UNKNOWN,
    /** There is a cadence now, and {@link #last} tells what came before. */
    LEARNED,
    /** One message after the other. */
    ON_TIME,
    /** {@link #intervals()} says how many intervals went by. */
    MISSING,
    /** There is another cadence, and {@link #since} says since when. */
    CHANGED,
    /** There was a cadence, and it was none. */
    IRREGULAR
  }

  static final int MOST = 16;
  static final int FEWEST = 8;

  /** So many long ones in a row are a slower cadence, and not losses, if they are alike. */
  private static final int SLOWER = 6;

  /** The same of a device that loses much. */
  private static final int SLOWER_IF_LOSSY = 12;

  private static final int NEITHER = 24;
  private static final int MOST_EARLY = 5;

  /** What a change of cadence counts, against one for 16 messages; and how much is too much. */
  private static final int CHANGE = 8;

  private static final int UNSTEADY = 28;
  private static final int STEADY = 12;
  private static final double EARLY = 0.6;
  private static final double ALIKE = 1.45;
  private static final int INERTIA = 48;

  private final int[] deltas = new int[MOST];
  private double cadence;
  private float spread;
  private int intervals;
  private int early;
  private int longer;
  private byte size;
  private byte next;
  private byte weight;
  private byte slow;
  private byte since;
  private byte unsteady;
  private boolean irregular;

  /** Between two messages, one after the other by the time at which they were sent. */
  Verdict add(long millis) {
    int delta = (int) Math.min(millis, Integer.MAX_VALUE);
    deltas[next] = delta;
    next = (byte) ((next + 1) % MOST);
    size = (byte) Math.min(size + 1, MOST);
    return cadence == 0 ? learn() : judge(millis);
  }

  private Verdict learn() {
    unsteady -= next == 0 && unsteady > 0 ? 1 : 0;
    if (size < FEWEST || (irregular && (next % 4 != 0 || unsteady > STEADY))) {
      return Verdict.UNKNOWN;
    }
    boolean learned =
        fits(FEWEST, middle(FEWEST, 2), FEWEST, 0)
            || (size >= 12 && fits(12, middle(12, 2), 10, 1))
            || (size == MOST && fits(MOST, middle(MOST, 2), 12, 1))
            || (size == MOST && fits(MOST, middle(MOST, 4), 8, 0));
    irregular = !learned && size == MOST;
    return learned ? Verdict.LEARNED : Verdict.UNKNOWN;
  }

  private Verdict judge(long millis) {
    intervals = intervalsOf(millis);
    boolean isEarly = millis < EARLY * cadence;
    early = early << 1 | (isEarly ? 1 : 0);
    longer = longer << 1 | (intervals > 1 ? 1 : 0);
    slow = (byte) (intervals > 1 ? Math.min(slow + 1, NEITHER) : 0);
    if (intervals == 1 && !isEarly) {
      follow(millis);
    }
    unsteady -= next == 0 && unsteady > 0 ? 1 : 0;
    if (isFaster() || isSlower()) {
      unsteady += CHANGE;
      if (unsteady <= UNSTEADY) {
        return Verdict.CHANGED;
      }
      return none();
    }
    if (Integer.bitCount(early & 0xFFFF) >= MOST_EARLY || slow >= NEITHER) {
      unsteady = (byte) Math.min(unsteady + CHANGE, UNSTEADY + CHANGE);
      return none();
    }
    return intervals > 1 ? Verdict.MISSING : Verdict.ON_TIME;
  }

  private Verdict none() {
    forget();
    irregular = true;
    return Verdict.IRREGULAR;
  }

  private boolean isFaster() {
    return Integer.bitCount(early & 0xFF) >= FEWEST / 2
        && fits(FEWEST, middle(FEWEST, 2), FEWEST, 0);
  }

  private boolean isSlower() {
    if (slow < SLOWER) {
      return false;
    }
    boolean lossy = Integer.bitCount(longer >>> slow & 0xFFFF) > 2;
    int enough = lossy ? SLOWER_IF_LOSSY : SLOWER;
    byte run = (byte) Math.min(slow, MOST);
    if (slow < enough || !fits(enough, middle(enough, 2), enough, 0)) {
      return false;
    }
    since = run; // Not all of them need be alike, where it became slower step by step.
    return true;
  }

  private void follow(long millis) {
    weight = (byte) Math.min(weight + 1, INERTIA);
    double off = millis - cadence;
    cadence += off / weight;
    spread += (float) (Math.abs(off) / cadence - spread) / weight;
  }

  /**
   * Whether so many of the last ones are alike, and few of the others are shorter, as losses only
   * make them longer. If so, their mean is the cadence.
   */
  private boolean fits(int of, int near, int atLeast, int mostShorter) {
    double middle = mean(of, near);
    int alike = 0;
    int shorter = 0;
    double off = 0;
    for (int i = 0; i < of; i++) {
      int delta = last(i);
      if (isAlike(delta, middle)) {
        alike++;
        off += Math.abs(delta - middle);
      } else if (delta < middle) {
        shorter++;
      }
    }
    if (alike < atLeast || shorter > mostShorter || middle < 1) {
      return false;
    }
    cadence = middle;
    spread = (float) (off / alike / middle);
    weight = (byte) alike;
    since = (byte) of;
    early = 0;
    longer = 0;
    slow = 0;
    return true;
  }

  private double mean(int of, int middle) {
    double sum = 0;
    int alike = 0;
    for (int i = 0; i < of; i++) {
      if (isAlike(last(i), middle)) {
        sum += last(i);
        alike++;
      }
    }
    return alike == 0 ? 0 : sum / alike;
  }

  private static boolean isAlike(int delta, double middle) {
    return delta >= EARLY * middle && delta <= ALIKE * middle;
  }

  /** The one that a part of the others is shorter than: 2 for the half, 4 for the quarter. */
  private int middle(int of, int part) {
    for (int i = 0; i < of; i++) {
      int smaller = 0;
      int equal = 0;
      for (int j = 0; j < of; j++) {
        smaller += last(j) < last(i) ? 1 : 0;
        equal += last(j) == last(i) ? 1 : 0;
      }
      int rank = (of - 1) / part;
      if (smaller <= rank && rank < smaller + equal) {
        return last(i);
      }
    }
    throw new IllegalStateException("A list without a median");
  }

  /** The last one is 0. */
  int last(int back) {
    return deltas[Math.floorMod(next - 1 - back, MOST)];
  }

  /** How many times between messages are remembered. */
  int size() {
    return size;
  }

  /**
   * How many intervals such a time has. With jitter, one interval is longer and two are shorter, so
   * that the border between them is lower.
   */
  int intervalsOf(long millis) {
    double ratio = millis / cadence;
    return ratio < 1.5 - Math.min(0.08, spread)
        ? 1
        : (int) Math.max(2, Math.min(Math.round(ratio), 1 << 24));
  }

  /** Of the last one. */
  int intervals() {
    return intervals;
  }

  /** How many of the last ones were judged by the wrong cadence, when there is another. */
  int since() {
    return since;
  }

  boolean isKnown() {
    return cadence > 0;
  }

  boolean isIrregular() {
    return irregular;
  }

  /** In milliseconds; 0 if it is not known. */
  double cadence() {
    return cadence;
  }

  /** The longest that so many intervals take, in milliseconds. */
  double longest(int of) {
    return of * cadence * (1 + 2 * spread);
  }

  void forget() {
    cadence = 0;
    size = 0;
  }
}
