package io.nnnco.nhub.recording;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@linkplain Recording recording}, or goes on with one:
 *
 * <pre>{@code
 * try (RecordingWriter recording = RecordingWriter.open(Path.of("fault.jsonl"))) {
 *   nhub.subscribe(options, (message, delivery) -> recording.append(delivery.recorded()));
 *   ...
 * }
 * }</pre>
 *
 * <p><b>The file.</b> One JSON object a line. The first is the header: {@code format}, {@code
 * version}, {@code created_at}. Each other one is a message: {@code at} (its arrival, milliseconds
 * since 1970), {@code topic}, {@code qos}, {@code redelivered} and {@code user_properties} where
 * there is something to say, and {@code payload} as text, or {@code payload_base64} if the bytes
 * are not UTF-8. Only its owner can read it (mode 600).
 *
 * <p><b>What it promises.</b> When {@link #append} returns, the operating system has the line: it
 * survives the end of this process, however that comes. The disk has it after {@link #sync()} or
 * {@link #close()}: a power failure may cost what came after the last of these. A line that a crash
 * cut off is removed by the next {@code open}; whole lines never are.
 *
 * <p>One writer at a time. Safe for use by several threads.
 */
public final class RecordingWriter implements AutoCloseable {
  private final Path path;
  private final @Nullable Redaction redaction;
  private final RandomAccessFile file;
  private long end;
  private long removedBytes;
  private long messages;
  private boolean closed;
  private @Nullable RecordingException broken;

  private RecordingWriter(Path path, @Nullable Redaction redaction, RandomAccessFile file) {
    this.path = path;
    this.redaction = redaction;
    this.file = file;
  }

  /**
   * Opens a recording to go on at its end, and begins it if there is none. Messages are written as
   * they are.
   *
   * @param path the file; its directory must exist
   * @return the writer
   * @throws RecordingException if it cannot be written, is another file, is redacted, or is being
   *     written already
   */
  public static RecordingWriter open(Path path) {
    return opened(path, null);
  }

  /**
   * Opens a recording to go on at its end, and begins it if there is none. Messages are redacted
   * before they are written.
   *
   * @param path the file; its directory must exist
   * @param redaction the redaction; to go on, one with the same key as before
   * @return the writer
   * @throws RecordingException if it cannot be written, is another file, has another redaction or
   *     none, or is being written already
   */
  public static RecordingWriter open(Path path, Redaction redaction) {
    return opened(path, Objects.requireNonNull(redaction, "redaction"));
  }

  private static RecordingWriter opened(Path path, @Nullable Redaction redaction) {
    RandomAccessFile file = null;
    try {
      OwnerOnly.create(path);
      file = new RandomAccessFile(path.toFile(), "rw");
      RecordingWriter writer = new RecordingWriter(path, redaction, file);
      writer.begin();
      return writer;
    } catch (IOException e) {
      closeQuietly(file, e);
      throw new RecordingException(
          CoreErrorCode.RECORDING_NOT_WRITTEN,
          path + " cannot be written: " + FileProblem.of(e) + ".",
          e);
    } catch (RecordingException e) {
      closeQuietly(file, e);
      throw e;
    }
  }

  private static void closeQuietly(@Nullable RandomAccessFile file, Exception cause) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void begin() throws IOException {
    if (!isLocked()) {
      throw new RecordingException(
          CoreErrorCode.RECORDING_BUSY, path + " is being written by another recording.", null);
    }
    RecordingEnd last = RecordingEnd.of(path, file);
    String key = redaction == null ? null : redaction.fingerprint();
    if (last.header() != null && !Objects.equals(last.header().redaction(), key)) {
      throw new RecordingException(
          CoreErrorCode.RECORDING_OTHER_REDACTION,
          path + (key == null ? " is redacted." : " is not redacted with this key."),
          null);
    }
    end = last.end();
    removedBytes = file.length() - end;
    file.setLength(end);
    file.seek(end);
    if (last.header() == null) {
      write(new Header(key).line(Instant.now()));
    } else if (last.lacksLineFeed()) {
      write(new byte[] {'\n'});
    }
  }

  private boolean isLocked() throws IOException {
    try {
      return file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Adds a message; the operating system has it when this returns.
   *
   * @param message the message
   * @throws RecordingException if it could not be written, as on a full disk; the file then ends
   *     with the message before it, and a later one may succeed
   * @throws IllegalStateException if this is closed
   */
  public void append(RecordedMessage message) {
    byte[] line;
    try {
      line = RecordLine.of(redaction == null ? message : redaction.of(message));
    } catch (IOException e) {
      throw new IllegalArgumentException("No line can hold " + message, e);
    }
    synchronized (this) {
      throwIfUnusable();
      try {
        write(line);
      } catch (IOException e) {
        throw failure(e);
      }
      messages++;
    }
  }

  private void write(byte[] line) throws IOException {
    try {
      file.write(line);
      end += line.length;
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  /** A full disk takes a part of a line. */
  private void cutBack(IOException cause) {
    try {
      file.setLength(end);
      file.seek(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
      broken = failure(cause);
    }
  }

  private RecordingException failure(IOException e) {
    return new RecordingException(
        CoreErrorCode.RECORDING_NOT_WRITTEN,
        path
            + " cannot be written: "
            + FileProblem.of(e)
            + ". The "
            + messages
            + " messages written before are whole.",
        e);
  }

  private void throwIfUnusable() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
    if (broken != null) {
      throw broken;
    }
  }

  /**
   * Waits until the disk has everything that was appended.
   *
   * @throws RecordingException if it has not; every later call then fails, too
   */
  public synchronized void sync() {
    if (closed) {
      return;
    }
    throwIfUnusable();
    try {
      file.getFD().sync();
    } catch (IOException e) {
      broken = failure(e);
      throw broken;
    }
  }

  /**
   * How many messages were appended by this writer.
   *
   * @return the number
   */
  public synchronized long messages() {
    return messages;
  }

  /**
   * How much was removed when this was opened: a line that had been cut off.
   *
   * @return bytes; 0 if the file ended with a whole line
   */
  public long removedBytes() {
    return removedBytes;
  }

  /** Syncs and closes the file. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try (file) {
      if (broken == null) {
        sync();
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      closed = true;
    }
  }
}
