package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Instant;

/** A certificate is before its first day; usually because this machine's clock is wrong. */
public final class IdentityNotYetValidException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The subject of the certificate. */
  private final String subject;

  /** Its first moment. */
  private final Instant notBefore;

  /** The moment it was checked for. */
  private final Instant now;

  /**
   * An error.
   *
   * @param subject the subject of the certificate
   * @param notBefore its first moment
   * @param now the moment it was checked for
   */
  public IdentityNotYetValidException(String subject, Instant notBefore, Instant now) {
    super(
        ErrorCode.IDENTITY_NOT_YET_VALID,
        "The certificate of "
            + ForeignText.shown(subject)
            + " is valid from "
            + notBefore
            + "; this machine says it is "
            + now
            + ".",
        null);
    this.subject = subject;
    this.notBefore = notBefore;
    this.now = now;
  }

  /**
   * The subject of the certificate.
   *
   * @return the subject of the certificate
   */
  public String subject() {
    return subject;
  }

  /**
   * Its first moment.
   *
   * @return its first moment
   */
  public Instant notBefore() {
    return notBefore;
  }

  /**
   * The moment it was checked for.
   *
   * @return the moment it was checked for
   */
  public Instant now() {
    return now;
  }
}
