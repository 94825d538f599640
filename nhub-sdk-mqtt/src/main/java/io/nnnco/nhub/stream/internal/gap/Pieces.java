package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.stream.gap.GapCause;
import java.util.Arrays;
import java.util.List;

/**
 * The latest gaps of a device, for late messages to fill. A message in the middle of a gap leaves
 * two pieces of it. In one array, since many devices may have gaps. Times are by the device's
 * clock, but a gap is named by its beginning as it was told, by ours. Not thread-safe.
 */
final class Pieces {
  static final int MOST = 5;

  private static final List<GapCause> CAUSES = List.of(GapCause.values());
  private static final int START = 0;
  private static final int END = 1;
  private static final int NAME = 2;
  private static final int STATE = 3;
  private static final int WIDTH = 4;

  /** The state is the cause, whether it has changed, and how many are missing. */
  private static final int CAUSE_BITS = 0xF;

  private static final int CHANGED = 0x10;
  private static final int MISSING_SHIFT = 8;

  private long[] cells = new long[2 * WIDTH];
  private int size;

  int size() {
    return size;
  }

  private long get(int piece, int field) {
    return cells[piece * WIDTH + field];
  }

  long name(int piece) {
    return get(piece, NAME);
  }

  long start(int piece) {
    return get(piece, START);
  }

  /** The end of its last piece that is left. */
  long gapEnd(int piece) {
    long end = get(piece, END);
    for (int other = piece + 1; other < size; other++) {
      end = name(other) == name(piece) ? get(other, END) : end;
    }
    return end;
  }

  private long missing(int piece) {
    return get(piece, STATE) >>> MISSING_SHIFT;
  }

  private void change(int piece, long missing) {
    int cell = piece * WIDTH + STATE;
    cells[cell] = missing << MISSING_SHIFT | CHANGED | (cells[cell] & CAUSE_BITS);
  }

  GapCause cause(int piece) {
    return CAUSES.get((int) get(piece, STATE) & CAUSE_BITS);
  }

  /** A gap was found. The oldest piece is forgotten if there is no room. */
  void add(long start, long end, long name, long missing, GapCause cause) {
    insert(size, start, end, name, missing << MISSING_SHIFT | CAUSES.indexOf(cause));
  }

  private void insert(int at, long start, long end, long name, long state) {
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
    cells[cell + NAME] = name;
    cells[cell + STATE] = state;
    size++;
  }

  private void remove(int piece) {
    size--;
    System.arraycopy(cells, (piece + 1) * WIDTH, cells, piece * WIDTH, (size - piece) * WIDTH);
  }

  /** The piece that has room for a message; -1 for none. */
  int find(long sent) {
    for (int piece = 0; piece < size; piece++) {
      if (get(piece, START) < sent && sent < get(piece, END) && missing(piece) > 0) {
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
    long missing = missing(piece);
    long start = get(piece, START);
    long end = get(piece, END);
    long right = Math.min(rhythm.intervalsOf(end - sent) - 1, missing - 1);
    long left = Math.min(rhythm.intervalsOf(sent - start) - 1, missing - 1 - right);
    if (left == 0) {
      cells[piece * WIDTH + START] = sent;
      change(piece, right);
    } else {
      cells[piece * WIDTH + END] = sent;
      change(piece, left);
      if (right > 0) {
        long state = right << MISSING_SHIFT | (get(piece, STATE) & (CAUSE_BITS | CHANGED));
        insert(piece + 1, sent, end, name(piece), state);
      }
    }
    return missing - left - right;
  }

  /** There was no such piece after all. Returns how many are not missing. */
  long retract(int piece) {
    long missing = missing(piece);
    change(piece, 0);
    return missing;
  }

  /** How many are missing in all pieces of a gap. */
  long missingIn(long name) {
    long sum = 0;
    for (int piece = 0; piece < size; piece++) {
      sum += name(piece) == name ? missing(piece) : 0;
    }
    return sum;
  }

  /** Whether the gap of a piece has changed since this was last asked; asked once for each. */
  boolean takeChanged(int piece) {
    boolean changed = false;
    for (int other = piece; other < size; other++) {
      if (name(other) == name(piece)) {
        changed |= (get(other, STATE) & CHANGED) != 0;
        cells[other * WIDTH + STATE] &= ~CHANGED;
      }
    }
    return changed;
  }

  /** Forgets what is filled. */
  void tidy() {
    for (int piece = size - 1; piece >= 0; piece--) {
      if (missing(piece) == 0) {
        remove(piece);
      }
    }
  }

  /** The device's clock was set. */
  void shift(long millis) {
    for (int piece = 0; piece < size; piece++) {
      cells[piece * WIDTH + START] += millis;
      cells[piece * WIDTH + END] += millis;
    }
  }
}
