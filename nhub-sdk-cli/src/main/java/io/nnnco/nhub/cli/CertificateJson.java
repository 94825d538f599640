package io.nnnco.nhub.cli;

import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.management.MqttCertificate;
import java.io.IOException;
import java.util.Locale;

/**
 * Certificates for a program, with the platform's field names. Every field is always present; null
 * if the platform does not send it. Never a key.
 */
final class CertificateJson {
  private CertificateJson() {}

  static String of(MqttCertificate certificate) throws IOException {
    return new JsonLine()
        .with("id", certificate.id())
        .with("name", certificate.name())
        .with("api_key_id", certificate.apiKeyId())
        .with("status", certificate.status().name().toLowerCase(Locale.ROOT))
        .with("fingerprint", certificate.fingerprint())
        .with("created_at", certificate.createdAt())
        .with("expires_at", certificate.expiresAt())
        .end();
  }

  static String of(IssuedCertificate certificate) throws IOException {
    return new JsonLine()
        .with("id", certificate.id())
        .with("name", certificate.name())
        .with("fingerprint", certificate.fingerprint())
        .with("expires_at", certificate.expiresAt())
        .end();
  }
}
