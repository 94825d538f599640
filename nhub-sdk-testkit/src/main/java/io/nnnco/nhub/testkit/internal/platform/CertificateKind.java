package io.nnnco.nhub.testkit.internal.platform;

/** What a client certificate can be. */
public enum CertificateKind {
  /** For its enterprise, for a year. */
  VALID,
  /** It expired yesterday. */
  EXPIRED,
  /** It becomes valid tomorrow. */
  NOT_YET_VALID,
  /** It is revoked. */
  REVOKED,
  /** Its API key is deactivated. */
  OF_INACTIVE_KEY,
  /** Another CA issued it. */
  FOREIGN_CA
}
