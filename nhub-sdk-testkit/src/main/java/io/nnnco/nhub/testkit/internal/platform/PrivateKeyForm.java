package io.nnnco.nhub.testkit.internal.platform;

/** The two PEM forms of an EC key that the platform may use (R4 in docs/bridge.md). */
public enum PrivateKeyForm {
  /** {@code EC PRIVATE KEY}. */
  SEC1,
  /** {@code PRIVATE KEY}. */
  PKCS8;

  /** The key in this form. */
  public String write(KeyedCertificate keyed) {
    return this == SEC1 ? PemWriter.sec1(keyed) : PemWriter.pkcs8(keyed.key());
  }
}
