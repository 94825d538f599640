package io.nnnco.nhub.stream.internal.gap;

/**
 * The last times between the messages of a device, in milliseconds, the newest first. Not
 * thread-safe; allocates nothing after it was made.
 */
final class RecentTimes {
  static final int MOST = 16;

  /** A time is early below this part of the cadence. */
  static final double EARLY = 0.6;

  /** Up to this part of the cadence, a time is one interval and not two. */
  private static final double ALIKE = 1.45;

  private final int[] times = new int[MOST];
  private byte size;
  private byte next;

  void add(long millis) {
    times[next] = (int) Math.min(millis, Integer.MAX_VALUE);
    next = (byte) ((next + 1) % MOST);
    size = (byte) Math.min(size + 1, MOST);
  }

  /** The newest is 0. */
  int last(int back) {
    return times[Math.floorMod(next - 1 - back, MOST)];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == MOST;
  }

  /** True once in so many times that are added. */
  boolean isTurnOf(int messages) {
    return next % messages == 0;
  }

  void forget() {
    size = 0;
  }

  /** The one that a part of the newest is shorter than: 2 for the half, 4 for the quarter. */
  int middle(int of, int part) {
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

  /** The mean of those of the newest that are like this one; 0 if none is. */
  double mean(int of, int middle) {
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

  /** How many of the newest are like this one. */
  int alike(int of, double middle) {
    int alike = 0;
    for (int i = 0; i < of; i++) {
      alike += isAlike(last(i), middle) ? 1 : 0;
    }
    return alike;
  }

  static boolean isAlike(int time, double middle) {
    return time >= EARLY * middle && time <= ALIKE * middle;
  }
}
