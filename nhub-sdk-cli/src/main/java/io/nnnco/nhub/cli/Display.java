package io.nnnco.nhub.cli;

import java.io.PrintWriter;
import java.util.Optional;

/** Where a command's lines go: messages to the standard output, everything else to the errors. */
interface Display {
  /** With a status on the screen, if there is one; with logs on it, there should be none. */
  static Display of(
      Optional<Screen> screen, ProcessEnvironment process, PrintWriter out, PrintWriter err) {
    Paint paint = new Paint(process.coloursAllowed());
    return screen
        .<Display>map(live -> new LiveDisplay(live, paint, out, err))
        .orElseGet(() -> new PlainDisplay(out, err));
  }

  /** Returns whether it was written; if not, the reader has closed the output. */
  boolean message(String line);

  void notice(String line);

  /** Called once a second. */
  void status(Status status);

  /** Takes a status away that is still to be seen. */
  void clearStatus();
}
