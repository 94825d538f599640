package io.nnnco.nhub.management;

/** Whether a listed certificate can be used, derived from whichever fields the platform sent. */
public enum CertificateStatus {
  /** Neither revoked nor expired; it counts towards the limit of 10 per API key. */
  ACTIVE,
  /** Revoked: the bridge refuses it at the next connection attempt. */
  REVOKED,
  /** Expired: the bridge refuses it. */
  EXPIRED,
  /**
   * The platform did not give a status, or one that this version does not know; the certificate may
   * be active.
   */
  UNKNOWN;

  /**
   * Whether the bridge may still accept the certificate.
   *
   * @return true for {@link #ACTIVE} and {@link #UNKNOWN}
   */
  public boolean mayBeActive() {
    return this == ACTIVE || this == UNKNOWN;
  }
}
