package io.nnnco.nhub.management;

/** Whether a listed certificate can be used, from whichever fields the platform sent (rule R8). */
public enum CertificateStatus {
  /** Neither revoked nor expired; it counts towards the limit of 10 per API key (rule R6). */
  ACTIVE,
  /** Revoked: the bridge refuses it at the next connection attempt (rule M6). */
  REVOKED,
  /** Past its expiry: the bridge refuses it (rule M7). */
  EXPIRED,
  /** The platform did not say, or said a word this version does not know; it may be active. */
  UNKNOWN;

  /**
   * Whether the certificate may still be accepted by the bridge.
   *
   * @return true for {@link #ACTIVE} and {@link #UNKNOWN}
   */
  public boolean mayBeActive() {
    return this == ACTIVE || this == UNKNOWN;
  }
}
