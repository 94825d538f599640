package io.nnnco.nhub.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a person sees of two streams that go to one terminal. Knows the few sequences that are used,
 * and fails for any other.
 */
final class FakeTerminal extends Writer {
  private static final int PATIENCE_SECONDS = 60;

  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final StringBuilder all = new StringBuilder();
  private int column;

  PrintWriter writer() {
    return new PrintWriter(this, true);
  }

  /** The rows with something in them, as they are now. */
  synchronized List<String> rows() {
    return rows.stream().map(StringBuilder::toString).filter(row -> !row.isEmpty()).toList();
  }

  /** Waits until a row contains the text. */
  synchronized void await(String part) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (rows().stream().noneMatch(row -> row.contains(part))) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no row with " + part + " in " + rows());
      }
      wait(left);
    }
  }

  synchronized String lastRow() {
    return row().toString();
  }

  /** Everything that was ever written. */
  synchronized String all() {
    return all.toString();
  }

  @Override
  public synchronized void write(char[] text, int from, int length) {
    all.append(text, from, length);
    for (int i = from; i < from + length; i++) {
      if (text[i] == '\u001b') {
        int end = i + 1;
        while (!Character.isLetter(text[end])) {
          end++;
        }
        control(new String(text, i + 1, end - i));
        i = end;
      } else {
        put(text[i]);
      }
    }
    notifyAll();
  }

  private void control(String sequence) {
    if (sequence.equals("[K")) {
      row().setLength(Math.min(column, row().length()));
    } else if (!sequence.matches("\\[\\?7[lh]|\\[[0-9;]*m")) {
      throw new AssertionError("unexpected control sequence: " + sequence);
    }
  }

  private void put(char character) {
    if (character == '\n') {
      rows.add(new StringBuilder());
      column = 0;
    } else if (character == '\r') {
      column = 0;
    } else {
      if (column < row().length()) {
        row().setCharAt(column, character);
      } else {
        row().append(character);
      }
      column++;
    }
  }

  private StringBuilder row() {
    return rows.get(rows.size() - 1);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
