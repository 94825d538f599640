package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.MqttCertificate;
import io.nnnco.nhub.management.UnreadableAnswerException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The JSON of certificates: the answer of their creation (rule R4), and list entries (R8). */
final class CertificateJson {
  private final Answers answers = new Answers();
  private final StatusReader statuses = new StatusReader();

  IssuedCertificate issued(ApiResponse response, CertificateSpec spec) {
    Fields fields = answers.object(response);
    String id = fields.requiredText("id");
    String certificate = fields.requiredText("certificate_pem");
    String privateKey = fields.requiredText("private_key_pem");
    String ca = fields.requiredText("ca_certificate_pem");
    String name = fields.text("name");
    String fingerprint = fields.text("fingerprint");
    Instant expiresAt = fields.time("expires_at");
    // A key that comes once is not thrown away for a field that the certificate has as well.
    if (fingerprint == null || expiresAt == null) {
      X509Certificate parsed = parse(certificate, response);
      fingerprint = fingerprint == null ? fingerprint(parsed) : fingerprint;
      expiresAt = expiresAt == null ? parsed.getNotAfter().toInstant() : expiresAt;
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
    Fields fields = new Fields(entry, Answers.call(response));
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
  private static @Nullable String apiKeyId(Fields fields) {
    String id = fields.text("api_key_id", "api_key");
    return id != null ? id : new Fields(fields.get("api_key"), fields.call()).text("id");
  }

  private static X509Certificate parse(String pem, ApiResponse response) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new UnreadableAnswerException(
          Answers.call(response), "The answer's certificate cannot be read.");
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateException e) {
      throw new IllegalStateException("Every Java has SHA-256 and encodes what it parsed.", e);
    }
  }
}
