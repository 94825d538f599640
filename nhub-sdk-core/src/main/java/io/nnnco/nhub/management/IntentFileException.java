package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;

/**
 * The file {@code .issue-intent}, by which {@link Certificates#issueTo} and {@link
 * Certificates#recover} remember what was asked for, cannot be written or read. No certificate was
 * asked for since.
 */
public final class IntentFileException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** Which file. */
  private final String path;

  /**
   * The error.
   *
   * @param path the file's absolute path
   * @param cause what the file system said
   */
  public IntentFileException(String path, Throwable cause) {
    super(ErrorCode.API_INTENT_FILE, path + " cannot be used.", cause);
    this.path = path;
  }

  /**
   * The file.
   *
   * @return its absolute path
   */
  public String path() {
    return path;
  }
}
