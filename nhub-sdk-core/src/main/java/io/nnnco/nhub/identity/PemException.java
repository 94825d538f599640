package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.CoreErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A text that is not the PEM it should be: damaged, of another kind, encrypted, or with a key that
 * is not supported. {@link #code()} says which.
 */
public final class PemException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /**
   * Made by the SDK.
   *
   * @param code which one, with its advice
   * @param source where the text came from: a file, or the name of the argument
   * @param problem what happened, a sentence that names the source
   * @param cause what led to it, or null
   */
  public PemException(
      CoreErrorCode code, String source, String problem, @Nullable Throwable cause) {
    super(code, problem, cause);
    this.source = source;
  }

  /**
   * Where the text came from.
   *
   * @return a file, or the name of the argument
   */
  public String source() {
    return source;
  }
}
