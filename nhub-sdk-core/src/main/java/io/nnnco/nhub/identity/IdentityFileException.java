package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.CoreErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory of an identity is missing, unreadable or not writable. {@link #code()} says
 * which.
 */
public final class IdentityFileException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Which file or directory; a text, so that it survives serialization. */
  private final String path;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param path the file or directory
   * @param problem what happened, a sentence that names the path
   * @param cause what led to it, or null
   */
  public IdentityFileException(
      CoreErrorCode code, String path, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
    this.path = path;
  }

  /**
   * The file or directory.
   *
   * @return its path
   */
  public String path() {
    return path;
  }
}
