package io.nnnco.nhub.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nnnco.nhub.management.MqttCertificate;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A certificate for a program: a JSON object on one line, with the platform's field names. */
final class CertificateJson {
  private static final JsonFactory JSON = new JsonFactory();

  private CertificateJson() {}

  /** All fields are always there; what the platform does not tell is null. */
  static String of(MqttCertificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", certificate.id());
      json.writeStringField("name", certificate.name());
      json.writeStringField("api_key_id", certificate.apiKeyId());
      json.writeStringField("status", certificate.status().name().toLowerCase(Locale.ROOT));
      json.writeStringField("fingerprint", certificate.fingerprint());
      json.writeStringField("created_at", text(certificate.createdAt()));
      json.writeStringField("expires_at", text(certificate.expiresAt()));
      json.writeEndObject();
    }
    return text.toString();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
