package io.nnnco.nhub.testkit.internal.bridge;

/** The alerts with which a server rejects a client's certificate (RFC 8446 section 6.2). */
public enum TlsAlert {
  BAD_CERTIFICATE(42),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  UNKNOWN_CA(48);

  private final int number;

  TlsAlert(int number) {
    this.number = number;
  }

  /** Its number in TLS. */
  public int number() {
    return number;
  }
}
