package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.MqttCertificate;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request for a certificate, as recorded before it is sent. It contains no secret.
 *
 * @param spec the certificate
 * @param known the ids of certificates with this name that were listed before
 * @param savedBefore the fingerprint of the identity that was in the directory, or null
 * @param askedAt when the request was sent; empty if it was not
 */
record IssueIntent(
    CertificateSpec spec, Set<String> known, @Nullable String savedBefore, List<Instant> askedAt) {
  private static final Duration TOLERANCE = Duration.ofDays(2);

  /** Whether a listed certificate can be one that was requested and lost. */
  boolean mayHaveCaused(MqttCertificate listed) {
    String key = listed.apiKeyId();
    return hasName(spec, listed)
        && (key == null || key.equalsIgnoreCase(spec.apiKeyId()))
        && listed.status().mayBeActive()
        && !known.contains(listed.id())
        && isOfThatTime(listed);
  }

  static boolean hasName(CertificateSpec spec, MqttCertificate listed) {
    return listed.name() != null && listed.name().strip().equals(spec.name().strip());
  }

  private boolean isOfThatTime(MqttCertificate listed) {
    Instant expiresAt = listed.expiresAt();
    Instant issued = listed.createdAt();
    if (issued == null && expiresAt != null) {
      issued = expiresAt.minus(spec.validity());
    }
    Instant time = issued;
    return time == null
        || askedAt.stream()
            .anyMatch(asked -> Duration.between(asked, time).abs().compareTo(TOLERANCE) <= 0);
  }

  /** The first line of the file. */
  String header() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("name", new JsonString(spec.name()));
    fields.put("api_key_id", new JsonString(spec.apiKeyId()));
    fields.put("validity_hours", new JsonNumber(BigDecimal.valueOf(spec.validity().toHours())));
    fields.put(
        "known", new JsonArray(known.stream().sorted().<JsonValue>map(JsonString::new).toList()));
    if (savedBefore != null) {
      fields.put("saved_before", new JsonString(savedBefore));
    }
    return new JsonObject(fields).toString();
  }

  /** A further line, for each time that the request is sent. */
  static String asking(Instant now) {
    return new JsonObject(Map.of("asked_at", new JsonString(now.toString()))).toString();
  }

  /** Reads the lines; null if the first is incomplete, so that the request was never sent. */
  static @Nullable IssueIntent parse(List<String> lines) {
    Json json = new Json();
    JsonNode header = lines.isEmpty() ? null : json.parse(ByteString.encodeUtf8(lines.get(0)));
    if (header == null || !header.isObject()) {
      return null;
    }
    List<Instant> askedAt = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      JsonNode asking = json.parse(ByteString.encodeUtf8(line));
      if (asking != null && asking.isObject()) {
        askedAt.add(time(asking.path("asked_at").asText()));
      }
    }
    Set<String> known = new HashSet<>();
    header.path("known").forEach(id -> known.add(id.asText()));
    CertificateSpec spec =
        CertificateSpec.of(header.path("name").asText(), header.path("api_key_id").asText())
            .withValidity(Duration.ofHours(header.path("validity_hours").asLong()));
    return new IssueIntent(spec, known, header.path("saved_before").asText(null), askedAt);
  }

  /** The JDK's own error would quote the file, which anyone may have written. */
  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The note does not say when the platform was asked");
    }
  }
}
