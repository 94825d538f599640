package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.gap.GapCause;
import java.util.Arrays;

/**
 * The latest gaps of a device, for late messages to fill. A message in the middle of a gap leaves
 * two pieces of it. In one array, since many devices may have gaps. Times are by the device's
 * clock. Not thread-safe.
 */
final class Pieces {
  static final int MOST = 6;

  private static final GapCause[] CAUSES = GapCause.values();
  private static final int START = 0;
  private static final int END = 1;
  private static final int GAP_START = 2;
  private static final int GAP_END = 3;
  private static final int MISSING = 4;
  private static final int CAUSE = 5;
  private static final int WIDTH = 6;
  private static final int CHANGED = 1 << 8;

  private long[] cells = new long[2 * WIDTH];
  private int size;

  int size() {
    return size;
  }

  private long get(int piece, int field) {
    return cells[piece * WIDTH + field];
  }

  long gapStart(int piece) {
    return get(piece, GAP_START);
  }

  long gapEnd(int piece) {
    return get(piece, GAP_END);
  }

  GapCause cause(int piece) {
    return CAUSES[(int) get(piece, CAUSE) & 0xFF];
  }

  /** A gap was found. The oldest piece is forgotten if there is no room. */
  void add(long start, long end, long missing, GapCause cause) {
    insert(size, start, end, start, end, missing, cause.ordinal());
  }

  private void insert(
      int at, long start, long end, long gapStart, long gapEnd, long missing, long cause) {
    int index = at;
    if (size == MOST) {
      remove(0);
      index = Math.max(0, at - 1);
    } else if ((size + 1) * WIDTH > cells.length) {
      cells = Arrays.copyOf(cells, Math.min(2 * size, MOST) * WIDTH);
    }
    int cell = index * WIDTH;
    System.arraycopy(cells, cell, cells, cell + WIDTH, (size - index) * WIDTH);
    cells[cell + START] = start;
    cells[cell + END] = end;
    cells[cell + GAP_START] = gapStart;
    cells[cell + GAP_END] = gapEnd;
    cells[cell + MISSING] = missing;
    cells[cell + CAUSE] = cause;
    size++;
  }

  private void remove(int piece) {
    size--;
    System.arraycopy(
        cells, (piece + 1) * WIDTH, cells, piece * WIDTH, (size - piece) * WIDTH);
  }

  /** The piece that has room for a message; -1 for none. */
  int find(long sent) {
    for (int piece = 0; piece < size; piece++) {
      if (get(piece, START) < sent && sent < get(piece, END) && get(piece, MISSING) > 0) {
        return piece;
      }
    }
    return -1;
  }

  /** Whether a message stands at an edge of a piece, so that it was received before. */
  boolean hasEdgeAt(long sent) {
    for (int piece = 0; piece < size; piece++) {
      if (get(piece, START) == sent || get(piece, END) == sent) {
        return true;
      }
    }
    return false;
  }

  /** A message came late after all. Returns how many fewer are missing, at least one. */
  long fill(int piece, long sent, Rhythm rhythm) {
    int cell = piece * WIDTH;
    long missing = cells[cell + MISSING];
    long end = cells[cell + END];
    long right = Math.min(rhythm.intervalsOf(end - sent) - 1, missing - 1);
    long left = Math.min(rhythm.intervalsOf(sent - cells[cell + START]) - 1, missing - 1 - right);
    cells[cell + CAUSE] |= CHANGED;
    if (left == 0) {
      cells[cell + START] = sent;
      cells[cell + MISSING] = right;
    } else {
      cells[cell + END] = sent;
      cells[cell + MISSING] = left;
      if (right > 0) {
        insert(
            piece + 1,
            sent,
            end,
            gapStart(piece),
            gapEnd(piece),
            right,
            cells[cell + CAUSE]);
      }
    }
    return missing - left - right;
  }

  /** There was no such piece after all. Returns how many are not missing. */
  long retract(int piece) {
    long missing = get(piece, MISSING);
    cells[piece * WIDTH + MISSING] = 0;
    cells[piece * WIDTH + CAUSE] |= CHANGED;
    return missing;
  }

  /** How many are missing in all pieces of a gap. */
  long missingIn(long gapStart) {
    long sum = 0;
    for (int piece = 0; piece < size; piece++) {
      sum += gapStart(piece) == gapStart ? get(piece, MISSING) : 0;
    }
    return sum;
  }

  /** Whether the gap of a piece has changed since this was last asked; asked once for each. */
  boolean takeChanged(int piece) {
    boolean changed = false;
    for (int other = piece; other < size; other++) {
      if (gapStart(other) == gapStart(piece)) {
        changed |= (get(other, CAUSE) & CHANGED) != 0;
        cells[other * WIDTH + CAUSE] &= ~CHANGED;
      }
    }
    return changed;
  }

  /** Forgets what is filled. */
  void tidy() {
    for (int piece = size - 1; piece >= 0; piece--) {
      if (get(piece, MISSING) == 0) {
        remove(piece);
      }
    }
  }

  /** The device's clock was set. */
  void shift(long millis) {
    for (int piece = 0; piece < size; piece++) {
      for (int field = START; field <= GAP_END; field++) {
        cells[piece * WIDTH + field] += millis;
      }
    }
  }
}
