package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;

/** PEM text of another kind than expected, such as a certificate in the place of the key. */
public final class UnexpectedPemException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the text came from: a file, or the name of the argument. */
  private final String source;

  /** What belongs there, such as {@code one private key}. */
  private final String expected;

  /** What is there, such as {@code a certificate}. */
  private final String found;

  /**
   * An error.
   *
   * @param source where the text came from: a file, or the name of the argument
   * @param expected what belongs there, such as {@code one private key}
   * @param found what is there, such as {@code a certificate}
   */
  public UnexpectedPemException(String source, String expected, String found) {
    super(
        ErrorCode.IDENTITY_PEM_UNEXPECTED,
        source + " holds " + ForeignText.shown(found) + " where " + expected + " was expected.",
        null);
    this.source = source;
    this.expected = expected;
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
   * What belongs there, such as {@code one private key}.
   *
   * @return what belongs there, such as {@code one private key}
   */
  public String expected() {
    return expected;
  }

  /**
   * What is there, such as {@code a certificate}.
   *
   * @return what is there, such as {@code a certificate}
   */
  public String found() {
    return found;
  }
}
