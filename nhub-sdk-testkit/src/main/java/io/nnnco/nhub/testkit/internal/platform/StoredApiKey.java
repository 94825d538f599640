package io.nnnco.nhub.testkit.internal.platform;

import java.time.Instant;

/**
 * A service account of one enterprise (R3 in docs/bridge.md).
 *
 * @param id a UUID, the api_key_id
 * @param username its user name
 * @param token its token, the password on the bridge (M4 in docs/bridge.md)
 * @param enterprise the code of the enterprise it is scoped to
 * @param serviceAccount as requested at its creation
 * @param createdAt when
 * @param active false once it is deactivated
 */
public record StoredApiKey(
    String id,
    String username,
    String token,
    String enterprise,
    boolean serviceAccount,
    Instant createdAt,
    boolean active) {

  StoredApiKey withActive(boolean nowActive) {
    return new StoredApiKey(id, username, token, enterprise, serviceAccount, createdAt, nowActive);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "StoredApiKey[" + username + ", " + enterprise + (active ? "" : ", inactive") + "]";
  }
}
