package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription authenticates with now, and what it may go over to. For the control thread,
 * but for {@link #expiresAt}.
 */
final class CredentialsInUse {
  private volatile Offer current;
  private @Nullable Offer replacement;

  CredentialsInUse(Credentials first) {
    this.current = new Offer(first, () -> {});
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
    replacement = null;
  }

  /** The bridge has accepted the current ones. */
  void accepted() {
    current.accepted().run();
  }
}
