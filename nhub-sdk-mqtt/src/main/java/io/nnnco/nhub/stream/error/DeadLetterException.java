package io.nnnco.nhub.stream.error;

import io.nnnco.nhub.core.NHubException;
import org.jspecify.annotations.Nullable;

/** A dead-letter file is full, in use, or cannot be used. {@link #code()} says which. */
public final class DeadLetterException extends NHubException {
  private static final long serialVersionUID = 1L;

  /** Which file; a text, so that it survives serialization. */
  private final String path;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param path the file's absolute path
   * @param problem what happened, a sentence
   * @param cause what led to it, or null
   */
  public DeadLetterException(
      StreamErrorCode code, String path, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
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
