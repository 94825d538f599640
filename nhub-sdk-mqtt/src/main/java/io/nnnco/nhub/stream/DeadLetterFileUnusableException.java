package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.FileProblem;
import java.io.IOException;

/** The dead-letter file cannot be read or written. */
public final class DeadLetterFileUnusableException extends DeadLetterFileException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param path the file's absolute path
   * @param cause what the file system said
   */
  public DeadLetterFileUnusableException(String path, IOException cause) {
    super(
        ErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        path,
        path + " cannot be used: " + FileProblem.of(cause) + ".",
        cause);
  }
}
