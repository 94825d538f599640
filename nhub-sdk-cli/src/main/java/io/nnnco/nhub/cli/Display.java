package io.nnnco.nhub.cli;

/** Where a command's lines go: messages to the standard output, everything else to the errors. */
interface Display {
  /** Returns whether it was written; if not, the reader has closed the output. */
  boolean message(String line);

  void notice(String line);

  /** Called once a second. */
  void status(StatsLine status);

  /** Takes a status away that is still to be seen. */
  void clearStatus();
}
