package io.nnnco.nhub.testkit;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.internal.api.Tokens;
import io.nnnco.nhub.testkit.internal.platform.StandingTokens;
import java.util.HashMap;
import java.util.Map;

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

  Secret ofAll() {
    return ofAll;
  }

  synchronized Secret of(String enterprise) {
    return ofEnterprise.computeIfAbsent(
        enterprise,
        code -> {
          Secret token = StandingTokens.newAdmin();
          tokens.addAdmin(token.reveal(), code);
          return token;
        });
  }
}
