package io.nnnco.nhub.management;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.internal.ForeignText;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the platform lists it, without its private key, which the platform does not
 * keep. The fields of an entry are not documented, so all but the id may be missing. Immutable.
 *
 * @param id the certificate's id
 * @param name its name, or null if not given
 * @param apiKeyId the id of its API key, or null if not given
 * @param status whether it can be used, at the time of listing
 * @param fingerprint its fingerprint as the platform writes it, or null if not given
 * @param createdAt when it was issued, or null if not given
 * @param expiresAt when it expires, or null if not given
 * @param unknownFields the entry's other fields; {@code toString} gives only their names
 */
public record MqttCertificate(
    String id,
    @Nullable String name,
    @Nullable String apiKeyId,
    CertificateStatus status,
    @Nullable String fingerprint,
    @Nullable Instant createdAt,
    @Nullable Instant expiresAt,
    Map<String, JsonValue> unknownFields) {

  /**
   * Checks that there are an id and a status, and copies the fields.
   *
   * @param id the certificate's id
   * @param name its name, or null
   * @param apiKeyId the id of its API key, or null
   * @param status whether it can be used
   * @param fingerprint its fingerprint, or null
   * @param createdAt when it was issued, or null
   * @param expiresAt when it expires, or null
   * @param unknownFields the entry's other fields
   */
  public MqttCertificate {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
  }

  @Override
  public String toString() {
    return "MqttCertificate[id="
        + ForeignText.shown(id)
        + ", name="
        + ForeignText.shown(name)
        + ", apiKeyId="
        + ForeignText.shown(apiKeyId)
        + ", status="
        + status
        + ", fingerprint="
        + ForeignText.shown(fingerprint)
        + ", createdAt="
        + createdAt
        + ", expiresAt="
        + expiresAt
        + ", unknownFields="
        + ForeignText.shown(unknownFields.keySet())
        + "]";
  }
}
