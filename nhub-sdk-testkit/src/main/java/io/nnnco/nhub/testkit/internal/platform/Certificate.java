package io.nnnco.nhub.testkit.internal.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the server stores it: without its private key (R7 in docs/bridge.md).
 *
 * @param id a UUID
 * @param name as given at its creation
 * @param apiKeyId its API key
 * @param enterprise the code of that key's enterprise
 * @param fingerprint SHA-256, lower-case hexadecimal
 * @param createdAt when it was issued
 * @param expiresAt when it ends
 * @param revokedAt when it was revoked, or null
 */
public record Certificate(
    String id,
    String name,
    String apiKeyId,
    String enterprise,
    String fingerprint,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {

  boolean expiredAt(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Neither revoked nor expired. */
  public boolean activeAt(Instant now) {
    return revokedAt == null && !expiredAt(now);
  }

  Certificate withRevokedAt(Instant now) {
    return new Certificate(id, name, apiKeyId, enterprise, fingerprint, createdAt, expiresAt, now);
  }

  Certificate withExpiresAt(Instant now) {
    return new Certificate(id, name, apiKeyId, enterprise, fingerprint, createdAt, now, revokedAt);
  }
}
