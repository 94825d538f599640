package io.nnnco.nhub.management;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.internal.FileProblem;
import java.io.IOException;

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
    super(ErrorCode.API_INTENT_FILE, path + " cannot be used" + why(cause) + ".", cause);
    this.path = path;
  }

  private static String why(Throwable cause) {
    return cause instanceof IOException e ? ": " + FileProblem.of(e) : "";
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
