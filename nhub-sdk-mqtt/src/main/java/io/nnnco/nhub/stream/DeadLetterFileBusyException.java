package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;

/** The dead-letter file is in use by another program, or elsewhere in this one. */
public final class DeadLetterFileBusyException extends DeadLetterFileException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the SDK.
   *
   * @param path the file's absolute path
   */
  public DeadLetterFileBusyException(String path) {
    super(ErrorCode.DEAD_LETTER_FILE_BUSY, path, path + " is in use.", null);
  }
}
