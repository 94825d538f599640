package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/** Something is wrong with a {@link DeadLetterFile}; one subclass per cause. */
public abstract class DeadLetterFileException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** Which file; a text, so that it survives serialization. */
  private final String path;

  /**
   * An error.
   *
   * @param code which one, with its advice
   * @param path the file's absolute path
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  protected DeadLetterFileException(
      ErrorCode code, String path, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
    this.path = path;
  }

  /**
   * The file.
   *
   * @return its absolute path
   */
  public final String path() {
    return path;
  }
}
