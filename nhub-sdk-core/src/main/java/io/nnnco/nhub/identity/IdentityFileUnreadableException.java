package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A file of an identity is there, and could not be read. */
public final class IdentityFileUnreadableException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The absolute path of the file. */
  private final String path;

  /** Why, as the file system says it, with owner and permissions where known. */
  private final String reason;

  /**
   * An error.
   *
   * @param path the absolute path of the file
   * @param reason why, as the file system says it, with owner and permissions where known
   * @param cause what led to it, or null
   */
  public IdentityFileUnreadableException(String path, String reason, @Nullable Throwable cause) {
    super(ErrorCode.IDENTITY_FILE_UNREADABLE, path + " cannot be read: " + reason + ".", cause);
    this.path = path;
    this.reason = reason;
  }

  /**
   * The absolute path of the file.
   *
   * @return the absolute path of the file
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
