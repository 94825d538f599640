package io.nnnco.nhub.stream.deadletter;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for the messages that could not be handled or decoded, and the way to redrive them:
 *
 * <pre>{@code
 * try (DeadLetterFile deadLetters = DeadLetterFile.open(Path.of("dead-letters.jsonl"))) {
 *   SubscribeOptions options =
 *       SubscribeOptions.builder("nnn.acme")
 *           .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(deadLetters))
 *           .build();
 *   ...
 *   RedriveReport report = deadLetters.redrive(handler);   // when the cause is fixed
 * }
 * }</pre>
 *
 * <p><b>The file.</b> One JSON object a line: {@code topic}, {@code arrived_at} (ISO 8601, UTC),
 * {@code qos}, {@code redelivered}, {@code attempts}, {@code cause} (a class), {@code
 * cause_message} (its first 1,000 characters), {@code deduplication_key}, {@code user_properties}
 * (an array of pairs, each an array of a name and a value; only if the message has any), {@code
 * payload} (base 64 of the bytes, {@linkplain DeadLetterFileBuilder#redact redacted} if configured;
 * the cause's message and the user properties are not). Only its owner can read it (mode 600).
 * While it is open, there is a {@code .lock} file beside it, and during a redrive a {@code
 * .redrive} file. The SDK refuses, and leaves as it is, a directory that others can write to, a
 * link, and a file of another kind or another user.
 *
 * <p><b>What it promises.</b> A message is on the disk before it is acknowledged. If it cannot be
 * written, for lack of space or because the file is {@linkplain DeadLetterFileBuilder#maxBytes
 * full}, it is not acknowledged, and the subscription ends with the reason. A line that a crash cut
 * off is removed at the next {@code open}: its message was not acknowledged, so the bridge sends it
 * again. After a crash between writing and acknowledging, a message can be in the file twice.
 *
 * <p><b>Other programs.</b> They may move, remove or truncate the file while it is open, as {@code
 * logrotate} does: the next message goes to a new file of the same name, or to the end of the
 * shortened one. So moving a full file away makes room.
 *
 * <p>Only one process, and one {@code DeadLetterFile} in it, can have the file open at a time; the
 * lock ends with the process. Safe for use by several threads and subscriptions.
 */
public final class DeadLetterFile implements FailureHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterFile.class);

  private final Path path;
  private final long maxBytes;
  private final UnaryOperator<byte[]> redaction;
  private final LineFile file;
  private final MessageDecoder decoder = new MessageDecoder();
  private final AtomicBoolean redriving = new AtomicBoolean();
  private volatile boolean closed;

  private DeadLetterFile(DeadLetterFileBuilder builder, LineFile file) {
    this.path = builder.path;
    this.maxBytes = builder.maxBytes;
    this.redaction = builder.redaction;
    this.file = file;
  }

  /**
   * Opens a file of up to 100 MiB, with payloads as received, and creates it if it does not exist.
   *
   * @param path the file; its directory must exist
   * @return the file, to be closed after the subscriptions that use it
   * @throws DeadLetterException if it is already open, in this or another process
   * @throws DeadLetterException if it cannot be read or written
   */
  public static DeadLetterFile open(Path path) {
    return builder(path).open();
  }

  /**
   * Starts with a builder, for other settings.
   *
   * @param path the file; its directory must exist
   * @return a builder
   */
  public static DeadLetterFileBuilder builder(Path path) {
    return new DeadLetterFileBuilder(path);
  }

  static DeadLetterFile open(DeadLetterFileBuilder builder) {
    String name = builder.path.toString();
    try {
      LineFile file = LineFile.open(builder.path);
      if (file == null) {
        throw new DeadLetterException(
            StreamErrorCode.DEAD_LETTER_FILE_BUSY, name, name + " is in use.", null);
      }
      return new DeadLetterFile(builder, file);
    } catch (IOException e) {
      throw unusable(name, e);
    }
  }

  /**
   * Adds a message, and returns when it is on disk.
   *
   * @param failure the message's bytes, and why it failed
   * @throws DeadLetterException if the file would exceed its limit
   * @throws DeadLetterException if it could not be written
   * @throws IllegalStateException if this is closed
   */
  @Override
  public void handle(FailedMessage failure) {
    Objects.requireNonNull(failure, "failure");
    throwIfClosed();
    byte[] line = DeadLetter.line(failure, redaction);
    try {
      if (!file.append(line, maxBytes)) {
        throw new DeadLetterException(
            StreamErrorCode.DEAD_LETTER_FILE_FULL,
            path.toString(),
            path + " has no room for another message: it may have " + maxBytes + " bytes.",
            null);
      }
    } catch (IOException e) {
      throw unusable(path.toString(), e);
    }
  }

  /**
   * Hands the messages in the file to a handler, one after the other, oldest first, on the calling
   * thread. Messages that it handles leave the file; those that fail stay, and are logged without
   * their payloads. Messages that could not be decoded are decoded again, because a newer version
   * of the SDK may be able to. There are no retries and no deadline.
   *
   * <p>Subscriptions can use the file meanwhile; what they add stays for the next redrive. The SDK
   * replaces the file at the end in one step: after a crash during a redrive, or if this method
   * throws, it still has all its messages, including those already handled. Interrupting the thread
   * ends the redrive after the current message, and keeps the others.
   *
   * @param handler gets each message; its {@link Delivery#redelivered()} is true and its {@link
   *     Delivery#deduplicationKey()} that of the original
   * @return the outcome
   * @throws DeadLetterException if the file cannot be read or written
   * @throws IllegalStateException if this is closed, or another redrive is running
   */
  public RedriveReport redrive(MessageHandler handler) {
    Objects.requireNonNull(handler, "handler");
    throwIfClosed();
    if (!redriving.compareAndSet(false, true)) {
      throw new IllegalStateException("A redrive of " + path + "  is already running");
    }
    Redrive redrive = new Redrive(handler);
    try {
      file.filter(redrive);
    } catch (IOException e) {
      throw unusable(path.toString(), e);
    } finally {
      redriving.set(false);
      if (redrive.interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return redrive.report();
  }

  private final class Redrive implements LineFile.LineReader {
    private final MessageHandler handler;
    private int succeeded;
    private int failed;
    private int unreadable;
    private int untried;
    private boolean interrupted;

    Redrive(MessageHandler handler) {
      this.handler = handler;
    }

    @Override
    public boolean keep(byte[] line) {
      interrupted |= Thread.interrupted();
      Optional<Delivery> delivery = DeadLetter.parse(line);
      if (delivery.isEmpty()) {
        unreadable++;
      } else if (interrupted) {
        untried++;
      } else if (handle(delivery.get())) {
        succeeded++;
        return false;
      } else {
        failed++;
      }
      return true;
    }

    private boolean handle(Delivery delivery) {
      try {
        handler.handle(decode(delivery), delivery);
        return true;
      } catch (InterruptedException e) {
        interrupted = true;
        return false;
      } catch (Throwable t) { // As in a subscription: an Error is a failure of that message.
        log.warn(
            "A message of device {} failed again and stays in the file",
            ForeignText.shown(delivery.deviceId()),
            t);
        return false;
      }
    }

    RedriveReport report() {
      return new RedriveReport(succeeded, failed, unreadable, untried);
    }
  }

  private DeviceMessage decode(Delivery delivery) {
    byte[] payload = delivery.payload();
    return DeviceTopic.parse(delivery.topic())
        .map(topic -> decoder.decode(topic, payload, 0, payload.length))
        .orElseGet(() -> decoder.decode((MessageKind) null, payload, 0, payload.length));
  }

  /**
   * How long the file is.
   *
   * @return the length in bytes; 0 if it holds no message, or another program has removed it
   * @throws DeadLetterException if the file system does not say
   */
  public long size() {
    try {
      return file.length();
    } catch (IOException e) {
      throw unusable(path.toString(), e);
    }
  }

  private void throwIfClosed() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  /**
   * Closes the file and releases its lock. Idempotent. A subscription that has to add a message
   * later ends, with the message unacknowledged: close subscriptions first.
   *
   * @throws DeadLetterException if closing fails; every message is on disk all the same
   */
  @Override
  public void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw unusable(path.toString(), e);
    }
  }

  private static DeadLetterException unusable(String path, IOException cause) {
    return new DeadLetterException(
        StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        path,
        path + " cannot be used: " + FileProblem.of(cause) + ".",
        cause);
  }
}
