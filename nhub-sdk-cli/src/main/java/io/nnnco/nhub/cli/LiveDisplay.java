package io.nnnco.nhub.cli;

import java.io.PrintWriter;

/**
 * Keeps the status below the other lines, on the terminal's last one. Whatever else appears on that
 * terminal replaces the status, and the status is written again below it.
 */
final class LiveDisplay implements Display {
  private static final String ERASE = "\r\u001b[K";

  /** The terminal may have become narrower since it was asked for its width. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";

  /** The terminal echoes it behind the status, and it must not wrap either. */
  private static final int ROOM_FOR_CTRL_C = "^C".length();

  private final Screen screen;
  private final Paint paint;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Bar bar;
  private String shown = "";

  LiveDisplay(Screen screen, Paint paint, PrintWriter out, PrintWriter err) {
    this.screen = screen;
    this.paint = paint;
    this.out = out;
    this.err = err;
    bar = new Bar(screen.unicode());
  }

  /** Without a lock if the output is a pipe: when that is stuck, the status still shows it. */
  @Override
  public boolean message(String line) {
    if (!screen.showsOutput()) {
      return print(line);
    }
    synchronized (this) {
      erase();
      boolean written = print(line);
      draw();
      return written;
    }
  }

  private boolean print(String line) {
    out.println(line);
    return !out.checkError();
  }

  @Override
  public synchronized void notice(String line) {
    erase();
    err.println(line);
    draw();
  }

  @Override
  public synchronized void status(Status status) {
    String line = status.fitting(screen.columns() - ROOM_FOR_CTRL_C, bar, paint);
    shown = ERASE + WRAP_OFF + line + WRAP_ON;
    draw();
  }

  @Override
  public synchronized void clearStatus() {
    erase();
    shown = "";
  }

  private void erase() {
    if (!shown.isEmpty()) {
      err.print(ERASE);
      err.flush();
    }
  }

  private void draw() {
    if (!shown.isEmpty()) {
      err.print(shown);
      err.flush();
    }
  }
}
