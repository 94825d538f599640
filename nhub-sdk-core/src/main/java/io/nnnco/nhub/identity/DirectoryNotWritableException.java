package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An identity could not be saved in a directory. Thrown before anything is asked of the platform.
 */
public final class DirectoryNotWritableException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The absolute path of the directory. */
  private final String path;

  /** Why, as the file system says it, with owner and permissions where known. */
  private final String reason;

  /**
   * An error.
   *
   * @param path the absolute path of the directory
   * @param reason why, as the file system says it, with owner and permissions where known
   * @param cause what led to it, or null
   */
  public DirectoryNotWritableException(String path, String reason, @Nullable Throwable cause) {
    super(
        ErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
        path + " cannot take an identity: " + reason + ".",
        cause);
    this.path = path;
    this.reason = reason;
  }

  /**
   * The absolute path of the directory.
   *
   * @return the absolute path of the directory
   */
  public String path() {
    return path;
  }

  /**
   * Why, as the file system says it, with owner and permissions where known.
   *
   * @return why, as the file system says it, with owner and permissions where known
   */
  public String reason() {
    return reason;
  }
}
