package io.nnnco.nhub.recording;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a file can be continued.
 *
 * @param header its header; null if the file is empty, or has only the beginning of a header
 * @param end behind its last whole line
 * @param lacksLineFeed whether that line has everything but its line feed
 */
record RecordingEnd(@Nullable Header header, long end, boolean lacksLineFeed) {
  /**
   * Looks at a file, and changes nothing.
   *
   * @throws RecordingException if it is a file of another kind
   */
  static RecordingEnd of(Path path, RandomAccessFile file) throws IOException {
    // The descriptor of the writer's own file: closing another one would end its lock.
    file.seek(0);
    LineReader first = new LineReader(new FileInputStream(file.getFD()));
    if (!first.next()) {
      return new RecordingEnd(null, 0, false);
    }
    if (!first.isWhole() && Header.isCut(first.bytes(), first.length())) {
      return new RecordingEnd(null, 0, false);
    }
    Header header = Header.parse(path, first.bytes(), first.offset(), first.length());
    long end = endOfLastLine(file);
    int left = (int) Math.min(file.length() - end, LineReader.LONGEST);
    byte[] rest = new byte[left];
    file.seek(end);
    file.readFully(rest);
    return left > 0 && RecordLine.parse(rest, 0, left).isPresent()
        ? new RecordingEnd(header, file.length(), true)
        : new RecordingEnd(header, end, false);
  }

  private static long endOfLastLine(RandomAccessFile file) throws IOException {
    byte[] chunk = new byte[8192];
    for (long to = file.length(); to > 0; to -= Math.min(to, chunk.length)) {
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
}
