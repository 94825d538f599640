package io.nnnco.nhub.cli;

import io.nnnco.nhub.stream.DeliveredMessage;
import java.io.IOException;

/** Prints messages on the standard output. */
final class Printer implements Tail.Sink {
  private final Format format;
  private final Display display;
  private long shown;

  /** How a message looks. */
  @FunctionalInterface
  interface Format {
    String line(DeliveredMessage delivered) throws IOException;
  }

  Printer(Format format, Display display) {
    this.format = format;
    this.display = display;
  }

  /** False if the reader has closed the output. */
  @Override
  public boolean take(DeliveredMessage delivered) throws IOException {
    boolean printed = display.message(format.line(delivered));
    shown += printed ? 1 : 0;
    return printed;
  }

  @Override
  public String summary() {
    return shown + " shown";
  }
}
