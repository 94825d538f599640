package io.nnnco.nhub.stream.deadletter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lines of a dead-letter file: where they end, and whether they are dead letters. */
final class Lines {
  /** Each dead letter begins so, see {@link DeadLetter#line}. */
  private static final byte[] BEGINNING = "{\"topic\":\"".getBytes(US_ASCII);

  private Lines() {}

  /**
   * Cuts off what follows the last whole line.
   *
   * @return how long the file is then
   * @throws IOException if this is a file of another kind, which is left as it was
   */
  static long settle(Path path) throws IOException {
    long end;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      end = endOfLastLine(file, file.length());
      if (!isOurs(file, end)) {
        throw new IOException("it does not hold dead letters, so the SDK leaves it unchanged");
      }
      if (file.length() == end) {
        return end;
      }
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(end);
    }
    return end;
  }

  /** An operator may have added lines of another kind, before or after ours. */
  private static boolean isOurs(RandomAccessFile file, long end) throws IOException {
    boolean whole =
        end == 0 || isOurs(file, 0, end) || isOurs(file, endOfLastLine(file, end - 1), end);
    return whole && (file.length() == end || isOurs(file, end, file.length()));
  }

  /**
   * Whether a line, perhaps cut off, begins as all of ours do. Bytes of zero before it are left of
   * a crash, or of a file that was truncated while older versions of this SDK wrote to it.
   */
  private static boolean isOurs(RandomAccessFile file, long from, long to) throws IOException {
    file.seek(from);
    long position = from;
    int next = file.read();
    while (next == 0 && position < to - 1) {
      next = file.read();
      position++;
    }
    if (next == 0) {
      return from > 0;
    }
    for (int i = 0; i < BEGINNING.length && position < to; i++, position++) {
      if (next != BEGINNING[i]) {
        return false;
      }
      next = file.read();
    }
    return true;
  }

  private static long endOfLastLine(RandomAccessFile file, long before) throws IOException {
    byte[] chunk = new byte[8192];
    for (long to = before; to > 0; to -= Math.min(to, chunk.length)) {
      int length = (int) Math.min(to, chunk.length);
      file.seek(to - length);
      file.readFully(chunk, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return to - length + i + 1;
        }
      }
    }
    return 0;
  }

  /** The next line, with its line feed. */
  static byte[] read(InputStream lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    throw new IOException("another program has truncated it");
  }
}
