package io.nnnco.nhub.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a file, one at a time, in a buffer that is reused: however long the file is. */
final class LineReader implements Closeable {
  /** The largest packet is 2 MiB, and escapes are up to six times as long. */
  static final int LONGEST = 32 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private int filled;
  private long position;
  private boolean whole;
  private boolean tooLong;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false at the end of the file. */
  boolean next() throws IOException {
    start = whole ? end + 1 : end;
    tooLong = false;
    for (int at = start; ; at++) {
      if (at == filled) {
        int searched = at - start;
        if (!fill()) {
          whole = false;
          end = filled;
          position += end - start;
          return end > start || tooLong;
        }
        at = start + (tooLong ? 0 : searched);
      }
      if (buffer[at] == '\n') {
        whole = true;
        end = at;
        position += end - start + 1;
        return true;
      }
    }
  }

  /** Reads more behind what is there; of a line that is too long, nothing is kept. */
  private boolean fill() throws IOException {
    if (filled - start >= LONGEST || tooLong) {
      tooLong = true;
      position += filled - start;
      start = 0;
      filled = 0;
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(read, 0);
    return read > 0;
  }

  byte[] bytes() {
    return buffer;
  }

  int offset() {
    return start;
  }

  /** Without the line feed; for a line that is too long, only of its end. */
  int length() {
    return end - start;
  }

  /** Whether it ends with a line feed; only the last line of a file may not. */
  boolean isWhole() {
    return whole;
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** How many bytes of the file were read up to the end of this line. */
  long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
