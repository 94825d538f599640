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

  AdminTokens(Tokens tokens, Secret ofAll) {
    this.tokens = tokens;
    this.ofAll = ofAll;
    tokens.addAdmin(ofAll.reveal());
  }

  static Secret random() {
    return Secret.of("admin-" + UUID.randomUUID());
  }

  Secret ofAll() {
    return ofAll;
  }

  synchronized Secret of(String enterprise) {
    return ofEnterprise.computeIfAbsent(
        enterprise,
        code -> {
          Secret token = random();
          tokens.addAdmin(token.reveal(), code);
          return token;
        });
  }
}
