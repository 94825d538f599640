package io.nnnco.nhub.testkit.internal.platform;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate with its private key, and the authority that signed it.
 *
 * @param certificate the certificate
 * @param key its private key
 * @param authority the signer's certificate; the certificate itself if it is self-signed
 */
public record KeyedCertificate(
    X509Certificate certificate, PrivateKey key, X509Certificate authority) {

  /** Shows the subject, and nothing of the key. */
  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal().getName() + "]";
  }
}
