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
   * The size limit of the file; 100 MiB by default, about 100,000 messages of the documented form.
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
   * Changes each payload before it is written, to leave out what must not be on disk; by default
   * the SDK writes it as received. User properties and the cause's message are written as they are.
   * {@link DeadLetterFile#redrive} will see the changed payload, so keep it decodable. If the
   * function throws, nothing is written, and the subscription ends without acknowledging the
   * message.
   *
   * @param function takes a copy of the payload and returns what to write; called on several worker
   *     threads at once
   * @return this builder
   */
  public DeadLetterFileBuilder redact(UnaryOperator<byte[]> function) {
    redaction = Objects.requireNonNull(function, "function");
    return this;
  }

  /**
   * Opens the file, and creates it if it does not exist.
   *
   * @return the file, to be closed after the subscriptions that use it
   * @throws DeadLetterException if it is already open, in this or another process
   * @throws DeadLetterException if it cannot be read or written; its directory must exist
   */
  public DeadLetterFile open() {
    return DeadLetterFile.open(this);
  }
}
