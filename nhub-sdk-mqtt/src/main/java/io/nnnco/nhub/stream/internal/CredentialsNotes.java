package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.internal.log.ExpiryText;
import java.time.Duration;
import java.time.Instant;

/** What a person should know of the credentials, whatever else the health is. */
final class CredentialsNotes {
  private CredentialsNotes() {}

  /** Sentences to append to a detail; empty if there is nothing to say. */
  static String of(CredentialsInUse credentials, Instant now) {
    String notes = "";
    if (credentials.current() instanceof ClientIdentity identity
        && ExpiryWatch.isUrgent(identity, now)) {
      String expiry = ExpiryText.of(Duration.between(now, identity.expiresAt()));
      notes += " T" + expiry.substring(1) + ".";
    }
    NHubException problem = credentials.problem();
    return problem == null
        ? notes
        : notes + " The credentials are not renewed: " + problem.getMessage();
  }
}
