package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.MqttCertificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of certificates: the response that creates one, and list entries. */
final class CertificateParser {
  private final Responses responses = new Responses();
  private final StatusReader statuses = new StatusReader();

  IssuedCertificate issued(ApiResponse response, CertificateSpec spec) {
    ResponseFields fields = responses.object(response);
    String id = fields.requiredText("id");
    String certificate = fields.requiredText("certificate_pem");
    String privateKey = fields.requiredText("private_key_pem");
    String ca = fields.requiredText("ca_certificate_pem");
    String name = fields.text("name");
    String fingerprint = fields.text("fingerprint");
    Instant expiresAt = fields.time("expires_at");
    // A key that is returned only once is not discarded for a field that the certificate has as
    // well.
    if (fingerprint == null || expiresAt == null) {
      ClientIdentity identity = identity(certificate, privateKey, ca, response);
      fingerprint = fingerprint == null ? identity.fingerprint() : fingerprint;
      expiresAt = expiresAt == null ? identity.expiresAt() : expiresAt;
    }
    return new IssuedCertificate(
        id,
        name == null ? spec.name() : name,
        certificate,
        privateKey,
        ca,
        fingerprint,
        expiresAt,
        fields.rest());
  }

  MqttCertificate listed(JsonNode entry, ApiResponse response, Instant now) {
    ResponseFields fields = new ResponseFields(entry, response.call());
    Instant expiresAt = fields.time("expires_at");
    return new MqttCertificate(
        fields.requiredText("id"),
        fields.text("name"),
        apiKeyId(fields),
        statuses.read(entry, expiresAt, now),
        fields.text("fingerprint"),
        fields.time("created_at", "issued_at", "created"),
        expiresAt,
        fields.rest());
  }

  /** An id, or an object with one. */
  private static @Nullable String apiKeyId(ResponseFields fields) {
    String id = fields.text("api_key_id", "api_key");
    return id != null ? id : new ResponseFields(fields.get("api_key"), fields.call()).text("id");
  }

  private static ClientIdentity identity(
      String certificate, String privateKey, String ca, ApiResponse response) {
    try {
      return ClientIdentity.fromPem(certificate, privateKey, ca);
    } catch (IdentityException e) {
      throw ApiErrors.unreadable(
          response.call(), "The certificate and key in the response cannot be used.");
    }
  }
}
