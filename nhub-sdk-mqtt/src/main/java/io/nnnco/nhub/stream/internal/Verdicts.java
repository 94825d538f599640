package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;

/**
 * Hears what the bridge says of the client's credentials. Called on the control thread, or on one
 * that ends a subscription, with a lock held: it must neither block nor call back.
 */
interface Verdicts {
  /** For a client whose credentials have no source. */
  Verdicts NOBODY =
      new Verdicts() {
        @Override
        public void accepted(Credentials credentials) {}

        @Override
        public void refused(Credentials credentials, NHubException cause) {}
      };

  /** A subscription is established with them, and none would use others any more. */
  void accepted(Credentials credentials);

  /** They did not come into use for a subscription. */
  void refused(Credentials credentials, NHubException cause);
}
