package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription authenticates with now, and what it may go over to. For the control thread,
 * but for {@link #current}, {@link #expiresAt} and {@link #problem}, and {@link #begin} before it.
 */
final class CredentialsInUse {
  private volatile Offer current;
  private @Nullable Offer replacement;
  private @Nullable Offer dropped;
  private volatile @Nullable NHubException problem;

  CredentialsInUse(Credentials first) {
    this.current = Offer.of(first);
  }

  /** Whoever offered the first ones hears what becomes of them. */
  void begin(Offer first) {
    current = first;
  }

  Credentials current() {
    return current.credentials();
  }

  /** The last moment of the certificate in use; null with username and token. */
  @Nullable Instant expiresAt() {
    return current() instanceof ClientIdentity identity ? identity.expiresAt() : null;
  }

  /** Those on offer, null where there are none. */
  @Nullable Credentials replacement() {
    return replacement == null ? null : replacement.credentials();
  }

  void offer(Offer other) {
    replacement = other;
  }

  /** Those on offer become the current ones. */
  void adopt() {
    if (replacement != null) {
      current = replacement;
      replacement = null;
    }
  }

  /** Those on offer are of no use. */
  void drop() {
    dropped = replacement;
    replacement = null;
  }

  /** The bridge has accepted the current ones. */
  void accepted() {
    current.accepted().run();
  }

  /** Those that were dropped, or else the current ones, did not come into use. */
  void refused(NHubException cause) {
    Offer refused = dropped == null ? current : dropped;
    dropped = null;
    refused.refused().accept(cause);
  }

  /** Why those that should come next cannot be used; null if there are none, or they can. */
  @Nullable NHubException problem() {
    return problem;
  }

  void problem(@Nullable NHubException cause) {
    problem = cause;
  }
}
