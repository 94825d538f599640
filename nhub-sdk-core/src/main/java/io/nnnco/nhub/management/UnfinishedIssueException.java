package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A certificate was asked for and did not end up in its directory: the response was lost or could
 * not be saved, or an earlier {@link Certificates#issueTo} into this directory did not come to its
 * end. {@link Certificates#recover} puts it right.
 */
public final class UnfinishedIssueException extends ManagementException {
  private static final long serialVersionUID = 1L;

  /** Where. */
  private final String directory;

  /**
   * The error.
   *
   * @param call the request for the certificate
   * @param directory the absolute path of the directory it was for
   * @param problem what happened, as a sentence with its full stop, without secrets
   * @param cause what led to it, or null
   */
  public UnfinishedIssueException(
      ApiCall call, String directory, String problem, @Nullable Throwable cause) {
    super(CoreErrorCode.API_UNFINISHED_ISSUE, call, problem, true, cause);
    this.directory = directory;
  }

  /**
   * The directory to recover.
   *
   * @return its absolute path
   */
  public String directory() {
    return directory;
  }
}
