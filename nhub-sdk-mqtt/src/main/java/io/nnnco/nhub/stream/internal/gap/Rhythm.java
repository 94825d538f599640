package io.nnnco.nhub.stream.internal.gap;

/**
 * How often a device sends, learned from the times between its messages. The middle of the last
 * ones is not moved by losses, and once there is a cadence it follows slowly. A device that sends
 * on events has no cadence. Not thread-safe; allocates nothing after it was made.
 */
final class Rhythm {
  private static final int MOST = RecentTimes.MOST;

  /** A cadence is learned from so many times between messages. */
  static final int FEWEST = 8;

  /** So many long ones in a row are a slower cadence, and not losses, if they are alike. */
  private static final int SLOWER = 6;

  /** The same of a device that loses much. */
  private static final int SLOWER_IF_LOSSY = 12;

  /** Losses alone do not often make the middle of several times longer than that. */
  private static final double MOST_BY_LOSSES = 3.5;

  /** Times between messages are kept in an int: 24 days at most. */
  private static final double LONGEST = 0.9 * Integer.MAX_VALUE;

  /** After so many long ones in a row that are not alike, there is no cadence. */
  private static final int NEITHER = 24;

  /** Of the last 16, so many may be early, as a message after a late one is. */
  private static final int MOST_EARLY = 5;

  /** What a change of cadence counts; 16 messages take back one. */
  private static final int CHANGE = 16;

  /** The same of a cadence that was none. */
  private static final int DISPROOF = 16;

  /** A device that is above has no cadence; it may have one again when it is below the other. */
  private static final int UNSTEADY = 28;

  private static final int STEADY = 12;

  /** A pause is longer than so many intervals. */
  private static final int PAUSE = 8;

  /** What a pause counts, a message without one taking back one; above the other, it is bursts. */
  private static final int PAUSED = 40;

  private static final int BURSTS = 88;

  /** No cadence varies by more on average, which is known after so many messages. */
  private static final double MOST_SPREAD = 0.2;

  private static final int SPREAD_KNOWN = 48;

  /** How many messages the cadence is a mean of, at most: it follows a device that drifts. */
  private static final int INERTIA = 48;

  /**
   * A cadence that may be chance is tried for so many messages, of which so many must be single.
   */
  private static final int TRIAL = 24;

  private static final int SINGLE = 10;

  private final RecentTimes times = new RecentTimes();
  private double cadence;
  private float spread;
  private float former;
  private int intervals;
  private int early;
  private int longer;
  private byte weight;
  private byte slow;
  private byte since;
  private byte unsteady;
  private byte trial;
  private byte single;
  private byte pauses;
  private boolean irregular;
  private boolean known;

  /** Between two messages, one after the other by the time at which they were sent. */
  Verdict add(long millis) {
    times.add(millis);
    countPauses(millis);
    return known ? judge(millis) : learn();
  }

  /** Each pause counts, and each message without one takes back. */
  private void countPauses(long millis) {
    boolean paused = cadence > 0 && intervalsOf(millis) > PAUSE;
    pauses = (byte) (paused ? Math.min(pauses + PAUSED, Byte.MAX_VALUE) : Math.max(0, pauses - 1));
  }

  /** Whether it sends several messages whenever it wakes, and not one at a time. */
  private boolean sendsBursts() {
    return pauses > BURSTS;
  }

  private Verdict learn() {
    if (trial > 0 && passesTrial()) {
      return end(true);
    }
    forgive();
    if (times.size() < FEWEST || (irregular && !mayBeRegular())) {
      return Verdict.UNKNOWN;
    }
    boolean learned = irregular ? fitsAfterAll() : fitsAtFirst();
    if (!learned && trial == 0 && times.isFull() && unsteady == 0) {
      beginTrial();
    }
    return end(learned);
  }

  /** Looked at now and then only, or chance would find a cadence at last. */
  private boolean mayBeRegular() {
    return times.isTurnOf(4) && unsteady <= STEADY && pauses <= PAUSED;
  }

  /** Changes of long ago count less. */
  private void forgive() {
    if (times.isTurnOf(MOST) && unsteady > 0) {
      unsteady--;
    }
  }

  private Verdict end(boolean learned) {
    Verdict verdict = learned && !irregular ? Verdict.LEARNED : Verdict.UNKNOWN;
    irregular = !learned && (irregular || times.isFull());
    return verdict;
  }

  /** A device that loses much may have this cadence, and one without a cadence may seem to. */
  private void beginTrial() {
    if (fits(MOST, times.middle(MOST, 4), 8, 0)) {
      known = false;
      trial = 1;
      single = 0;
    }
  }

  /** Losses never make a time shorter, and leave some times as they are. */
  private boolean passesTrial() {
    int delta = last(0);
    if (intervalsOf(delta) == 1) {
      single++;
    }
    trial = (byte) (delta < RecentTimes.EARLY * cadence ? 0 : trial + 1);
    if (trial <= TRIAL) {
      return false;
    }
    trial = 0;
    known = single >= SINGLE;
    return known;
  }

  private boolean fitsAtFirst() {
    return fits(FEWEST, times.middle(FEWEST, 2), FEWEST, 0)
        || (times.size() >= 12 && fits(12, times.middle(12, 2), 10, 1))
        || (times.isFull() && fits(MOST, times.middle(MOST, 2), 12, 1));
  }

  /** Chance alone makes events look regular for a while. */
  private boolean fitsAfterAll() {
    return times.isFull() && fits(MOST, times.middle(MOST, 2), 13, 0);
  }

  private Verdict judge(long millis) {
    intervals = intervalsOf(millis);
    boolean isEarly = millis < RecentTimes.EARLY * cadence;
    early = early << 1 | (isEarly ? 1 : 0);
    longer = longer << 1 | (intervals > 1 ? 1 : 0);
    slow = (byte) (intervals > 1 ? Math.min(slow + 1, NEITHER) : 0);
    if (intervals == 1 && !isEarly) {
      follow(millis);
    }
    forgive();
    if (isBack()) {
      return Verdict.CHANGED;
    }
    if (isFaster() || isSlower()) {
      unsteady = (byte) Math.min(unsteady + CHANGE, Byte.MAX_VALUE);
      if (unsteady <= UNSTEADY) {
        return Verdict.CHANGED;
      }
      return none();
    }
    if (isTooOftenEarly() || slow >= NEITHER || sendsBursts() || variesTooMuch()) {
      unsteady = (byte) Math.min(unsteady + DISPROOF, Byte.MAX_VALUE);
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
        && fits(FEWEST, times.middle(FEWEST, 2), FEWEST, 0);
  }

  private boolean variesTooMuch() {
    return spread > MOST_SPREAD && weight >= SPREAD_KNOWN;
  }

  /** Not if all of them are the last ones, which may be a faster cadence. */
  private boolean isTooOftenEarly() {
    int count = Integer.bitCount(early & 0xFFFF);
    int run = Integer.numberOfTrailingZeros(~early);
    return count >= MOST_EARLY && (run < count || run >= FEWEST);
  }

  private boolean isSlower() {
    if (slow < SLOWER) {
      return false;
    }
    boolean byLosses = times.middle(SLOWER, 2) < MOST_BY_LOSSES * cadence;
    boolean lossy = Integer.bitCount(longer >>> slow & 0xFFFF) > 2;
    int enough = lossy && byLosses ? SLOWER_IF_LOSSY : SLOWER;
    byte run = (byte) Math.min(slow, MOST);
    float before = (float) cadence;
    if (slow < enough || !fits(enough, times.middle(enough, 2), enough - (byLosses ? 1 : 2), 0)) {
      return false;
    }
    since = run; // Not all of them need be alike, where it became slower step by step.
    former = byLosses ? before : 0;
    return true;
  }

  /** Whether the slower cadence was losses, since messages come as often as before. */
  private boolean isBack() {
    if (former == 0 || Integer.bitCount(early & 0xFF) < FEWEST / 2) {
      return false;
    }
    if (times.alike(FEWEST, former) < FEWEST / 2) {
      return false;
    }
    learned(former, 0.5F * spread, FEWEST, FEWEST);
    unsteady = (byte) Math.max(0, unsteady - CHANGE);
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
    double middle = times.mean(of, near);
    int alike = 0;
    int shorter = 0;
    double off = 0;
    for (int i = 0; i < of; i++) {
      int delta = last(i);
      if (RecentTimes.isAlike(delta, middle)) {
        alike++;
        off += Math.abs(delta - middle);
      } else if (delta < middle) {
        shorter++;
      }
    }
    if (alike < atLeast || shorter > mostShorter || middle < 1 || middle > LONGEST) {
      return false;
    }
    learned(middle, (float) (off / alike / middle), alike, of);
    return true;
  }

  private void learned(double middle, float off, int alike, int of) {
    cadence = middle;
    spread = off;
    weight = (byte) alike;
    since = (byte) of;
    known = true;
    former = 0;
    trial = 0;
    early = 0;
    longer = 0;
    slow = 0;
  }

  /** The last one is 0. */
  int last(int back) {
    return times.last(back);
  }

  /** How many times between messages are remembered. */
  int size() {
    return times.size();
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
    return known;
  }

  boolean isIrregular() {
    return irregular;
  }

  /** In milliseconds: the last one that was known; 0 if none was. */
  double cadence() {
    return cadence;
  }

  /** The longest that so many intervals take, in milliseconds. */
  double longest(int of) {
    return of * cadence * (1 + 2 * spread);
  }

  void forget() {
    known = false;
    times.forget();
  }
}
