package io.nnnco.nhub.recording;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a recording behind its header, one at a time. */
final class RecordedLines implements AutoCloseable {
  private final Path path;
  private final LineReader lines;
  private final long length;

  private RecordedLines(Path path, LineReader lines, long length) {
    this.path = path;
    this.lines = lines;
    this.length = length;
  }

  /**
   * Opens the file, and reads its header.
   *
   * @throws RecordingException if it cannot be read, or is no recording for this version
   */
  static RecordedLines open(Path path) {
    try {
      LineReader lines = new LineReader(Files.newInputStream(path));
      RecordedLines opened = new RecordedLines(path, lines, Files.size(path));
      try {
        opened.readHeader();
        return opened;
      } catch (IOException | RecordingException e) {
        lines.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void readHeader() throws IOException {
    if (!lines.next() || lines.isTooLong()) {
      throw Header.noRecording(path, null);
    }
    Header.parse(path, lines.bytes(), lines.offset(), lines.length());
  }

  private static RecordingException unreadable(Path path, IOException e) {
    return new RecordingException(
        CoreErrorCode.RECORDING_UNUSABLE, path + " cannot be read: " + FileProblem.of(e) + ".", e);
  }

  /** Goes to the next line; false at the end. */
  boolean next() {
    try {
      return lines.next();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The message in this line; empty if it is damaged. */
  Optional<RecordedMessage> message() {
    return lines.isTooLong()
        ? Optional.empty()
        : RecordLine.parse(lines.bytes(), lines.offset(), lines.length());
  }

  /** Whether this line ends with a line feed. */
  boolean isWhole() {
    return lines.isWhole();
  }

  /** How many bytes this line has. */
  int length() {
    return lines.length();
  }

  /** The share of the file that was read; a file that grows meanwhile is read to its new end. */
  double share() {
    return Math.min(1, (double) lines.position() / length);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
