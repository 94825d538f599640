package io.nnnco.nhub.stream.deadletter;

import io.nnnco.nhub.stream.error.DeadLetterException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Opens a {@link DeadLetterFile} with other settings. Not safe for use by several threads. */
public final class DeadLetterFileBuilder {
  private static final long SMALLEST = 1024;

  final Path path;
  long maxBytes = 100L * 1024 * 1024;
  UnaryOperator<byte[]> redaction = UnaryOperator.identity();

  DeadLetterFileBuilder(Path path) {
    this.path = Objects.requireNonNull(path, "path").toAbsolutePath();
  }

  /**
   * How long the file may become; by default 100 MiB, which is some 100,000 messages of the
   * documented form.
   *
   * @param bytes 1,024 or more
   * @return this builder
   * @throws IllegalArgumentException if less
   */
  public DeadLetterFileBuilder maxBytes(long bytes) {
    if (bytes < SMALLEST) {
      throw new IllegalArgumentException("A dead-letter file has at least 1,024 bytes.");
    }
    maxBytes = bytes;
    return this;
  }

  /**
   * Changes each payload before it is written, to leave out what must not be on disk; by default it
   * is written as it came. What is changed here is what {@link DeadLetterFile#redrive} will see, so
   * let it stay a message that can be decoded. If the function throws, nothing is written, and the
   * subscription ends without an acknowledgement.
   *
   * @param function gets a copy of the payload, and gives what to write; called on worker threads,
   *     several at once
   * @return this builder
   */
  public DeadLetterFileBuilder redact(UnaryOperator<byte[]> function) {
    redaction = Objects.requireNonNull(function, "function");
    return this;
  }

  /**
   * Opens the file, and makes it if there is none.
   *
   * @return the file, to be closed after the subscriptions that use it
   * @throws DeadLetterException if it is open already, in whatever process
   * @throws DeadLetterException if it cannot be read or written; its directory must be there
   */
  public DeadLetterFile open() {
    return DeadLetterFile.open(this);
  }
}
