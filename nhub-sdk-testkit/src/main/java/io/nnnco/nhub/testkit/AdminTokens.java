package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.api.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The tokens of administrators; an enterprise's token is created when it is first requested. */
final class AdminTokens {
  private final Tokens tokens;
  private final Secret ofAll;
  private final Map<String, Secret> ofEnterprise = new HashMap<>();

  AdminTokens(Tokens tokens) {
    this.tokens = tokens;
    ofAll = random("admin-");
    tokens.addAdmin(ofAll.reveal());
  }

  static Secret random(String prefix) {
    return Secret.of(prefix + UUID.randomUUID());
  }

  Secret ofAll() {
    return ofAll;
  }

  synchronized Secret of(String enterprise) {
    return ofEnterprise.computeIfAbsent(
        enterprise,
        code -> {
          Secret token = random("admin-");
          tokens.addAdmin(token.reveal(), code);
          return token;
        });
  }
}
