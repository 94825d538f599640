package io.nnnco.nhub.management;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A certificate just issued, with its private key (rule R4). The platform shows the key this once
 * and keeps no copy (rule R7): save it before anything else. Immutable; {@code toString} shows no
 * PEM.
 *
 * @param id the certificate's id, which {@link Certificates#revoke(String)} takes
 * @param name its name
 * @param certificatePem the certificate, for {@code client.crt}
 * @param privateKeyPem the private key, for {@code client.key}; secret
 * @param caCertificatePem the certificate of the platform's CA, for {@code ca.crt}
 * @param fingerprint its fingerprint as the platform writes it
 * @param expiresAt when it expires
 * @param unknownFields the answer's other fields; they may be secret, so {@code toString} gives
 *     only their names
 */
public record IssuedCertificate(
    String id,
    String name,
    String certificatePem,
    String privateKeyPem,
    String caCertificatePem,
    String fingerprint,
    Instant expiresAt,
    Map<String, JsonValue> unknownFields) {

  /**
   * Checks that everything is there, and copies the fields.
   *
   * @param id the certificate's id
   * @param name its name
   * @param certificatePem the certificate
   * @param privateKeyPem the private key
   * @param caCertificatePem the certificate of the platform's CA
   * @param fingerprint its fingerprint
   * @param expiresAt when it expires
   * @param unknownFields the answer's other fields
   */
  public IssuedCertificate {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(certificatePem, "certificatePem");
    Objects.requireNonNull(privateKeyPem, "privateKeyPem");
    Objects.requireNonNull(caCertificatePem, "caCertificatePem");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(expiresAt, "expiresAt");
    unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
  }

  /**
   * Certificate, key and CA as an identity, which saves itself and connects to the bridge.
   *
   * @return the identity, checked but for its dates
   * @throws IdentityException if the PEM texts are not an identity; they can still be saved as they
   *     are
   */
  public ClientIdentity identity() {
    return ClientIdentity.fromPem(certificatePem, privateKeyPem, caCertificatePem);
  }

  /** Without any PEM. */
  @Override
  public String toString() {
    return "IssuedCertificate[id="
        + ForeignText.shown(id)
        + ", name="
        + ForeignText.shown(name)
        + ", fingerprint="
        + ForeignText.shown(fingerprint)
        + ", expiresAt="
        + expiresAt
        + ", unknownFields="
        + ForeignText.shown(unknownFields.keySet())
        + "]";
  }
}
