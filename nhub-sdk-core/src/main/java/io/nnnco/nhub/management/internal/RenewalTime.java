package io.nnnco.nhub.management.internal;

import io.nnnco.nhub.identity.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a certificate is due for renewal: so long before its end, and up to a tenth of that time
 * later, so that a fleet does not come all at once. The delay is derived from the certificate, so
 * that it is the same at each look and in each process.
 *
 * @param before how long before the end; null for a third of its life
 */
public record RenewalTime(@Nullable Duration before) {
  private static final int BUCKETS = 1_000;
  private static final int LEAST_USE = 10;

  /** Whether it is due. */
  public boolean isDue(ClientIdentity identity, Instant now) {
    return !now.isBefore(dueAt(identity));
  }

  Instant dueAt(ClientIdentity identity) {
    Duration life = life(identity);
    Duration half = life.dividedBy(2);
    Duration lead = before == null ? life.dividedBy(3) : before.compareTo(half) < 0 ? before : half;
    long bucket = Math.floorMod(Long.parseUnsignedLong(identity.fingerprint(), 0, 8, 16), BUCKETS);
    Duration later = lead.dividedBy(10).multipliedBy(bucket).dividedBy(BUCKETS);
    return identity.expiresAt().minus(lead).plus(later);
  }

  /** However wrong the clock is, this part of a certificate's life it is used. */
  public static Duration leastUse(ClientIdentity identity) {
    return life(identity).dividedBy(LEAST_USE);
  }

  /** From a certificate's first moment to its last. */
  static Duration life(ClientIdentity identity) {
    return Duration.between(identity.notBefore(), identity.expiresAt());
  }
}
