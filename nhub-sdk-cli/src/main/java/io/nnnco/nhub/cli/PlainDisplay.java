package io.nnnco.nhub.cli;

import java.io.PrintWriter;

/** Line after line, for a file, a pipe, or a terminal without a status. */
final class PlainDisplay implements Display {
  /** Fewer than on a terminal, where each replaces the one before. */
  private static final int SECONDS_PER_STATUS = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private int seconds;

  PlainDisplay(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public boolean message(String line) {
    out.println(line);
    return !out.checkError();
  }

  @Override
  public void notice(String line) {
    err.println(line);
  }

  @Override
  public void status(Status status) {
    seconds++;
    if (seconds % SECONDS_PER_STATUS == 0) {
      err.println("nhub: " + status.plain());
    }
  }

  @Override
  public void clearStatus() {}
}
