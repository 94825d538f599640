package io.nnnco.nhub.testkit.internal.platform;

import io.nnnco.nhub.core.Secret;
import java.util.UUID;

/**
 * The tokens that a fake keeps for as long as it runs, and with a state file from run to run.
 *
 * @param admin may manage every enterprise
 * @param control opens the control API
 */
public record StandingTokens(Secret admin, Secret control) {
  /** New ones. */
  public static StandingTokens random() {
    return new StandingTokens(newAdmin(), Secret.of("control-" + UUID.randomUUID()));
  }

  /** A new token for an administrator. */
  public static Secret newAdmin() {
    return Secret.of("admin-" + UUID.randomUUID());
  }
}
