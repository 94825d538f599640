package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;

/**
 * The private key belongs to none of the given certificates. Proved by signing with the one and
 * verifying with the other.
 */
public final class KeyMismatchException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** Where the certificates came from: a file, or the name of the argument. */
  private final String certificateSource;

  /** Where the key came from: a file, or the name of the argument. */
  private final String keySource;

  /** The subjects of the certificates, separated by semicolons. */
  private final String subjects;

  /**
   * An error.
   *
   * @param certificateSource where the certificates came from: a file, or the name of the argument
   * @param keySource where the key came from: a file, or the name of the argument
   * @param subjects the subjects of the certificates, separated by semicolons
   */
  public KeyMismatchException(String certificateSource, String keySource, String subjects) {
    super(
        CoreErrorCode.IDENTITY_KEY_MISMATCH,
        "The private key in "
            + keySource
            + " does not belong to the certificate in "
            + certificateSource
            + " ("
            + ForeignText.shown(subjects)
            + ").",
        null);
    this.certificateSource = certificateSource;
    this.keySource = keySource;
    this.subjects = subjects;
  }

  /**
   * Where the certificates came from: a file, or the name of the argument.
   *
   * @return where the certificates came from: a file, or the name of the argument
   */
  public String certificateSource() {
    return certificateSource;
  }

  /**
   * Where the key came from: a file, or the name of the argument.
   *
   * @return where the key came from: a file, or the name of the argument
   */
  public String keySource() {
    return keySource;
  }

  /**
   * The subjects of the certificates, separated by semicolons.
   *
   * @return the subjects of the certificates, separated by semicolons
   */
  public String subjects() {
    return subjects;
  }
}
