package io.nnnco.nhub.identity.internal;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import java.time.Duration;

/** What one look at the files of an identity has shown. */
public sealed interface Sight {

  /** Nothing to tell. */
  record Nothing() implements Sight {}

  /** Another identity, whole and in date. */
  record Another(ClientIdentity identity) implements Sight {}

  /** Something that may be half of a change: look again. */
  record Unsettled(Duration lookAgainIn) implements Sight {}

  /** Something that stays unusable. */
  record Unusable(IdentityException cause) implements Sight {}

  /** The known identity is there again, after something unusable. */
  record Recovered() implements Sight {}
}
