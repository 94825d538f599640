package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;

/** The private key, or the way it is encrypted, is of a kind this SDK does not support. */
public final class UnsupportedKeyException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /** What was found, such as {@code an Ed25519 key}. */
  private final String found;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   * @param found what was found, such as {@code an Ed25519 key}
   */
  public UnsupportedKeyException(String source, String found) {
    super(
        ErrorCode.IDENTITY_KEY_UNSUPPORTED,
        source + " holds " + ForeignText.shown(found) + ", which is not supported.",
        null);
    this.source = source;
    this.found = found;
  }

  /**
   * Where the text came from: a file, or the name of the argument.
   *
   * @return where the text came from: a file, or the name of the argument
   */
  public String source() {
    return source;
  }

  /**
   * What was found, such as {@code an Ed25519 key}.
   *
   * @return what was found, such as {@code an Ed25519 key}
   */
  public String found() {
    return found;
  }
}
