package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;

/** The private key is encrypted, and the given password does not open it. */
public final class WrongKeyPasswordException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   */
  public WrongKeyPasswordException(String source) {
    super(
        ErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
        "The private key in " + source + " does not open with the given password.",
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
