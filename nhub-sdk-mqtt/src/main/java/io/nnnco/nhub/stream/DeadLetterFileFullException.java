package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;

/** The dead-letter file has no room for another message within its bound. */
public final class DeadLetterFileFullException extends DeadLetterFileException {
  private static final long serialVersionUID = 1L;

  /** The bound. */
  private final long maxBytes;

  /**
   * Made by the SDK.
   *
   * @param path the file's absolute path
   * @param maxBytes how long the file may become
   */
  public DeadLetterFileFullException(String path, long maxBytes) {
    super(
        ErrorCode.DEAD_LETTER_FILE_FULL,
        path,
        path + " has no room for another message: it may have " + maxBytes + " bytes.",
        null);
    this.maxBytes = maxBytes;
  }

  /**
   * The bound.
   *
   * @return how long the file may become, in bytes
   */
  public long maxBytes() {
    return maxBytes;
  }
}
