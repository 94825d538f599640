package io.nnnco.nhub.management;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.management.internal.DirectoryRenewal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Revokes the former certificates once the bridge has accepted the one that replaced them. */
final class FormerRevocation {
  private static final Logger log = LoggerFactory.getLogger(ManagedIdentity.class);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final DirectoryRenewal renewal;
  private final Duration grace;
  private final RenewalTimers timers;
  private final CredentialsSource.Recipient client;
  private volatile @Nullable ClientIdentity accepted;
  private boolean pending;
  private Duration pause = FIRST_PAUSE;

  FormerRevocation(
      DirectoryRenewal renewal,
      Duration grace,
      RenewalTimers timers,
      CredentialsSource.Recipient client) {
    this.renewal = renewal;
    this.grace = grace;
    this.timers = timers;
    this.client = client;
  }

  /** The bridge has accepted it, and nothing of this client uses another one. Does not block. */
  void accepted(ClientIdentity identity) {
    accepted = identity;
    synchronized (this) {
      if (pending) {
        return;
      }
      pending = true;
    }
    timers.in(grace, this::revoke);
  }

  /** What was accepted may have been replaced meanwhile: then its successor is accepted later. */
  private void revoke() {
    ClientIdentity inUse = accepted;
    try {
      List<String> revoked =
          inUse == null
              ? List.of()
              : renewal.revokeFormer(inUse, client.clock().instant(), Duration.ZERO);
      if (revoked != null) {
        revoked.forEach(id -> client.revoked(id, false));
        settle();
        return;
      }
    } catch (NHubException e) {
      if (pause.equals(FIRST_PAUSE)) {
        log.warn("A former certificate was not revoked yet: {}", e.getMessage());
      }
    } catch (RuntimeException e) { // Such as of the user's token provider.
      log.warn("A former certificate was not revoked yet", e);
    }
    timers.in(pause, this::revoke);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private synchronized void settle() {
    pending = false;
    pause = FIRST_PAUSE;
  }
}
