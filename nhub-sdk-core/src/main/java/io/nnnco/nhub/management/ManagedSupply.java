package io.nnnco.nhub.management;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.CredentialsSource;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.identity.WatchedIdentity;
import io.nnnco.nhub.management.internal.DirectoryRenewal;
import io.nnnco.nhub.management.internal.RenewalTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Renews the identity of one client. The watch of its files offers what was issued, by this process
 * or another. Attempts are paced by the executor, whose time does not jump.
 */
final class ManagedSupply implements CredentialsSource.Supply {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  /** How long the build of a client waits for another process that is issuing. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** While there is time, this part of it passes between two attempts at most. */
  private static final int PART_OF_THE_TIME_LEFT = 20;

  private final DirectoryRenewal renewal;
  private final RenewalTime time;
  private final FollowedClient client;
  private final CredentialsSource.Supply watched;
  private final RenewalTimers timers;
  private final FormerRevocation former;
  private int failures;

  private ManagedSupply(
      DirectoryRenewal renewal,
      RenewalTime time,
      Duration grace,
      FollowedClient client,
      CredentialsSource.Supply watched,
      RenewalTimers timers) {
    this.renewal = renewal;
    this.time = time;
    this.client = client;
    this.watched = watched;
    this.timers = timers;
    this.former = new FormerRevocation(renewal, grace, timers, client);
  }

  static ManagedSupply begin(
      DirectoryRenewal renewal,
      RenewalTime time,
      Duration grace,
      WatchedIdentity files,
      @Nullable ScheduledExecutorService executor,
      CredentialsSource.Recipient recipient) {
    FollowedClient client = new FollowedClient(recipient);
    provision(renewal, client);
    CredentialsSource.Supply watched = files.begin(client);
    ManagedSupply supply =
        new ManagedSupply(renewal, time, grace, client, watched, new RenewalTimers(executor));
    supply.timers.in(Duration.ZERO, supply::look);
    return supply;
  }

  /**
   * A missing certificate is issued now, and so is one that has expired, if possible. One that can
   * be used needs no platform to begin with.
   */
  private static void provision(DirectoryRenewal renewal, FollowedClient client) {
    Instant now = client.clock().instant();
    ClientIdentity there = renewal.identity();
    if (there != null && !now.isAfter(there.expiresAt())) {
      return;
    }
    try {
      renewal.renew(
          now,
          identity -> now.isAfter(identity.expiresAt()) && !renewal.isFresh(identity, now),
          PATIENCE,
          id -> client.revoked(id, true));
    } catch (RuntimeException e) { // Also of the user's token provider.
      if (there == null) {
        throw e;
      }
      client.renewalFailed(reported(e), Duration.ZERO);
    }
  }

  /** Without the text of an exception of the user's, which may hold the token. */
  private static NHubException reported(RuntimeException e) {
    return e instanceof NHubException known
        ? known
        : new IdentityException(
            CoreErrorCode.IDENTITY_NOT_RENEWED,
            "The certificate was not renewed: this program threw " + e.getClass().getName() + ".",
            e);
  }

  private ClientIdentity latest() {
    ClientIdentity offered = client.offered();
    return offered == null ? (ClientIdentity) watched.first() : offered;
  }

  private void look() {
    Duration again = LOOK_AGAIN;
    try {
      Instant now = client.clock().instant();
      ClientIdentity latest = latest();
      boolean attempt = time.isDue(latest, now) || renewal.isUnfinished();
      again = attempt ? renewed(latest, now) : LOOK_AGAIN;
    } finally { // Whatever has failed, the certificate still expires.
      timers.in(again, this::look);
    }
  }

  /** Attempts it, and says how long to wait before the next look. */
  private Duration renewed(ClientIdentity latest, Instant now) {
    try {
      Renewal done =
          renewal.renew(
              now,
              identity -> time.isDue(identity, now) && !renewal.isFresh(identity, now),
              Duration.ZERO,
              id -> client.revoked(id, true));
      if (done.outcome() == Renewal.Outcome.BUSY) {
        return LOOK_AGAIN;
      }
      failures = 0;
      return done.outcome() == Renewal.Outcome.ISSUED
          ? leastUse(Objects.requireNonNull(done.identity()))
          : LOOK_AGAIN;
    } catch (RuntimeException e) { // Also of the user's token provider.
      return failed(reported(e), latest, now);
    }
  }

  private static Duration leastUse(ClientIdentity issued) {
    Duration least = RenewalTime.leastUse(issued);
    return least.compareTo(LOOK_AGAIN) > 0 ? least : LOOK_AGAIN;
  }

  private Duration failed(NHubException cause, ClientIdentity latest, Instant now) {
    Duration left = Duration.between(now, latest.expiresAt()).dividedBy(PART_OF_THE_TIME_LEFT);
    Duration longest = left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
    Duration pause = LOOK_AGAIN.multipliedBy(1L << Math.min(failures++, 10));
    pause = pause.compareTo(longest) < 0 ? pause : longest;
    Duration asked = asked(cause);
    pause = pause.compareTo(asked) > 0 ? pause : asked;
    if (!timers.isClosed()) {
      client.renewalFailed(cause, pause);
    }
    return pause;
  }

  /** A minute at least, and as long as the platform asks for. */
  private static Duration asked(NHubException cause) {
    Duration wanted =
        cause instanceof ManagementException refusal
            ? refusal.retryAfter().orElse(LOOK_AGAIN)
            : LOOK_AGAIN;
    Duration bounded = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
    return bounded.compareTo(LOOK_AGAIN) > 0 ? bounded : LOOK_AGAIN;
  }

  @Override
  public Credentials first() {
    return watched.first();
  }

  @Override
  public boolean renews() {
    return true;
  }

  @Override
  public void accepted(Credentials credentials) {
    if (credentials instanceof ClientIdentity identity) {
      former.accepted(identity);
    }
  }

  @Override
  public void close() {
    timers.close();
    watched.close();
  }
}
