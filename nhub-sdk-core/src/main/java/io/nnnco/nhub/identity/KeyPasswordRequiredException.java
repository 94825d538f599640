package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;

/** The private key is encrypted, and no password was given. */
public final class KeyPasswordRequiredException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   */
  public KeyPasswordRequiredException(String source) {
    super(
        ErrorCode.IDENTITY_KEY_PASSWORD_REQUIRED,
        "The private key in " + source + " is encrypted, and no password was given.",
        null);
    this.source = source;
  }

  /**
   * Where the text came from: a file, or the name of the argument.
   *
   * @return where the text came from: a file, or the name of the argument
   */
  public String source() {
    return source;
  }
}
