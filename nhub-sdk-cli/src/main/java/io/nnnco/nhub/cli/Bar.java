package io.nnnco.nhub.cli;

/**
 * A share as a bar of ten cells.
 *
 * @param unicode whether there are block characters; otherwise it is ASCII
 */
record Bar(boolean unicode) {
  private static final int CELLS = 10;

  /** Full only at 100. */
  String of(int percent) {
    int full = percent * CELLS / 100;
    return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(CELLS - full);
  }
}
