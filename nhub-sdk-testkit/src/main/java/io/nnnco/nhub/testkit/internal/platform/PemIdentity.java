package io.nnnco.nhub.testkit.internal.platform;

import org.jspecify.annotations.Nullable;

/**
 * A client certificate for a client in another language.
 *
 * @param certificateId its id at the platform; null if the platform does not know it
 * @param certificate the certificate as PEM
 * @param privateKey its key as PEM
 * @param caCertificates what the client trusts, as PEM
 */
public record PemIdentity(
    @Nullable String certificateId, String certificate, String privateKey, String caCertificates) {

  /** Without the key. */
  @Override
  public String toString() {
    return "PemIdentity[" + certificateId + "]";
  }
}
