package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import java.util.function.Consumer;

/**
 * Credentials to offer to the bridge.
 *
 * @param credentials what to authenticate with
 * @param accepted run on the control thread each time a subscription is established with them
 * @param refused run on the control thread each time they did not come into use, with the reason
 */
record Offer(Credentials credentials, Runnable accepted, Consumer<NHubException> refused) {
  /** Credentials of which nobody asks what became of them. */
  static Offer of(Credentials credentials) {
    return new Offer(credentials, () -> {}, cause -> {});
  }
}
