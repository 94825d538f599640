package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Instant;

/** A certificate has expired. */
public final class IdentityExpiredException extends IdentityException {
  private static final long serialVersionUID = 1L;

  /** The subject of the certificate. */
  private final String subject;

  /** Its last moment. */
  private final Instant expiresAt;

  /** The moment it was checked for. */
  private final Instant now;

  /**
   * An error.
   *
   * @param subject the subject of the certificate
   * @param expiresAt its last moment
   * @param now the moment it was checked for
   */
  public IdentityExpiredException(String subject, Instant expiresAt, Instant now) {
    super(
        CoreErrorCode.IDENTITY_EXPIRED,
        "The certificate of "
            + ForeignText.shown(subject)
            + " expired at "
            + expiresAt
            + "; it is "
            + now
            + ".",
        null);
    this.subject = subject;
    this.expiresAt = expiresAt;
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
   * Its last moment.
   *
   * @return its last moment
   */
  public Instant expiresAt() {
    return expiresAt;
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
