package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.StoredApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rule R2: who sends a request, and whether they may manage anything. */
public final class Tokens {
  private final Platform platform;
  private final Map<String, Caller> admins = new ConcurrentHashMap<>();

  /**
   * Creates the tokens of one platform.
   *
   * @param platform its API keys have tokens, too, which may manage nothing
   */
  public Tokens(Platform platform) {
    this.platform = platform;
  }

  /** Lets a token manage every enterprise. */
  public void addAdmin(String token) {
    admins.put(token, new Caller(null));
  }

  /** Lets a token manage one enterprise. */
  public void addAdmin(String token, String enterprise) {
    admins.put(token, new Caller(enterprise));
  }

  Caller callerOf(Call call) {
    String header = call.header("Authorization");
    String[] parts = header == null ? new String[0] : header.strip().split("\\s+");
    if (parts.length == 0
        || !(parts[0].equalsIgnoreCase("Bearer") || parts[0].equalsIgnoreCase("Token"))) {
      throw Rejection.unauthenticated("Authentication credentials were not provided.");
    }
    if (parts.length != 2) {
      throw Rejection.unauthenticated(
          parts.length < 2
              ? "Invalid token header. No credentials provided."
              : "Invalid token header. Token string should not contain spaces.");
    }
    Caller admin = admins.get(parts[1]);
    if (admin != null) {
      return admin;
    }
    Optional<StoredApiKey> key = platform.keyOfToken(parts[1]);
    if (key.isEmpty()) {
      throw Rejection.unauthenticated("Invalid token.");
    }
    if (!key.get().active()) {
      throw Rejection.unauthenticated("User inactive or deleted.");
    }
    throw Rejection.detail(403, "You do not have permission to perform this action.");
  }
}
