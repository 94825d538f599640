package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;

/** A file of an identity, or the directory itself, is not there. */
public final class IdentityFileMissingException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The absolute path of what is missing. */
  private final String path;

  /**
   * An error.
   *
   * @param path the absolute path of what is missing
   */
  public IdentityFileMissingException(String path) {
    super(ErrorCode.IDENTITY_FILE_MISSING, path + " does not exist.", null);
    this.path = path;
  }

  /**
   * The absolute path of what is missing.
   *
   * @return the absolute path of what is missing
   */
  public String path() {
    return path;
  }
}
