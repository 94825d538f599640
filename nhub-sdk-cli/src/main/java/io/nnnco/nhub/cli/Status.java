package io.nnnco.nhub.cli;

/** How something is going, as one line. */
interface Status {
  /** For a log. */
  String plain();

  /** For a terminal: the fields that fit, from the most important one on. */
  String fitting(int columns, Bar bar, Paint paint);
}
