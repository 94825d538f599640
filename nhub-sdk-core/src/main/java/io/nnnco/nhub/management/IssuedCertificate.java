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
 * A certificate that was just issued, with its private key. The platform shows the key only once
 * and keeps no copy: save it before you do anything else. Immutable; {@code toString} shows no PEM.
 *
 * @param id the certificate's id, which {@link Certificates#revoke(String)} takes
 * @param name its name
 * @param certificatePem the certificate, for {@code client.crt}
 * @param privateKeyPem the private key, for {@code client.key}; secret
 * @param caCertificatePem the certificate of the platform's CA, for {@code ca.crt}
 * @param fingerprint its fingerprint as the platform writes it
 * @param expiresAt when it expires
 * @param unknownFields the response's other fields; they may be secret, so {@code toString} gives
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
   * @param unknownFields the response's other fields
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
   * Returns certificate, key and CA as an identity, which can save itself and connect to the
   * bridge.
   *
   * @return the identity, with everything checked except its dates
   * @throws IdentityException if the PEM texts are not an identity; you can still save them as they
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
