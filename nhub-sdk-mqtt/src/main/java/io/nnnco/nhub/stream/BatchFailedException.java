package io.nnnco.nhub.stream;

import java.util.Objects;

/**
 * Thrown by a handler of batches that knows which message is at fault. That message is treated as
 * one whose handler failed; the others are handed over again without it, those before it first. If
 * those fail, too, the name was wrong, and the SDK searches for itself.
 */
public final class BatchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The place of the message in the batch. */
  private final int index;

  private BatchFailedException(int index, Throwable cause) {
    super("The message at index " + index + " of the batch failed", cause);
    this.index = index;
  }

  /**
   * Names the message at fault.
   *
   * @param index its place in the batch, from 0; with another number than the batch has, the SDK
   *     searches for the message itself
   * @param cause why it failed
   * @return to be thrown
   */
  public static BatchFailedException at(int index, Throwable cause) {
    return new BatchFailedException(index, Objects.requireNonNull(cause, "cause"));
  }

  /**
   * The place of the message at fault.
   *
   * @return from 0
   */
  public int index() {
    return index;
  }
}
