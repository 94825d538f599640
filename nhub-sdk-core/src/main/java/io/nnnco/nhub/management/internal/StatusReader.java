package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.management.CertificateStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Derives one status from the fields that an entry may have: {@code is_active}, {@code revoked},
 * {@code revoked_at}, {@code status}, or none. Any sign of revocation overrides any sign of
 * activity, and expiry overrides anything but revocation.
 */
final class StatusReader {

  CertificateStatus read(JsonNode entry, @Nullable Instant expiresAt, Instant now) {
    String status = entry.path("status").asText("").strip().toLowerCase(Locale.ROOT);
    if (status.equals("revoked") || isRevoked(entry)) {
      return CertificateStatus.REVOKED;
    }
    if (status.equals("expired")
        || isTrue(entry.path("expired"))
        || isTrue(entry.path("is_expired"))
        || (expiresAt != null && !expiresAt.isAfter(now))) {
      return CertificateStatus.EXPIRED;
    }
    JsonNode active = active(entry);
    if (isFalse(active) || status.equals("inactive")) {
      // Not expired, so only revocation can have ended it.
      return CertificateStatus.REVOKED;
    }
    boolean alive = isTrue(active) || status.equals("active") || status.equals("valid");
    boolean otherWord = !status.isEmpty() && !alive;
    return alive || (saysNotRevoked(entry) && !otherWord)
        ? CertificateStatus.ACTIVE
        : CertificateStatus.UNKNOWN;
  }

  private static JsonNode active(JsonNode entry) {
    return entry.has("is_active") ? entry.path("is_active") : entry.path("active");
  }

  private static boolean isRevoked(JsonNode entry) {
    String at = entry.path("revoked_at").asText("").strip();
    boolean hasTime = !at.isEmpty() && !at.equals("null") && !isFalse(entry.path("revoked_at"));
    return hasTime || isTrue(entry.path("revoked")) || isTrue(entry.path("is_revoked"));
  }

  private static boolean saysNotRevoked(JsonNode entry) {
    return entry.has("revoked_at")
        || isFalse(entry.path("revoked"))
        || isFalse(entry.path("is_revoked"));
  }

  private static boolean isTrue(JsonNode value) {
    return value.asText("").strip().equalsIgnoreCase("true") || value.asText("").equals("1");
  }

  private static boolean isFalse(JsonNode value) {
    return value.asText("").strip().equalsIgnoreCase("false") || value.asText("").equals("0");
  }
}
