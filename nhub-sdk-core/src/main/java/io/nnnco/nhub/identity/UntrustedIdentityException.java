package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;

/** The client certificate does not lead, signature by signature, to a given CA certificate. */
public final class UntrustedIdentityException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The subject of the client certificate. */
  private final String subject;

  /** The subject of the issuer that is missing. */
  private final String issuer;

  /** The subjects of the given CA certificates, separated by semicolons. */
  private final String caSubjects;

  /**
   * An error.
   *
   * @param subject the subject of the client certificate
   * @param issuer the subject of the issuer that is missing
   * @param caSubjects the subjects of the given CA certificates, separated by semicolons
   */
  public UntrustedIdentityException(String subject, String issuer, String caSubjects) {
    super(
        ErrorCode.IDENTITY_UNTRUSTED,
        "The certificate of "
            + ForeignText.shown(subject)
            + " was not issued by the given CA: it needs "
            + ForeignText.shown(issuer)
            + ", and the CA given is "
            + ForeignText.shown(caSubjects)
            + ".",
        null);
    this.subject = subject;
    this.issuer = issuer;
    this.caSubjects = caSubjects;
  }

  /**
   * The subject of the client certificate.
   *
   * @return the subject of the client certificate
   */
  public String subject() {
    return subject;
  }

  /**
   * The subject of the issuer that is missing.
   *
   * @return the subject of the issuer that is missing
   */
  public String issuer() {
    return issuer;
  }

  /**
   * The subjects of the given CA certificates, separated by semicolons.
   *
   * @return the subjects of the given CA certificates, separated by semicolons
   */
  public String caSubjects() {
    return caSubjects;
  }
}
