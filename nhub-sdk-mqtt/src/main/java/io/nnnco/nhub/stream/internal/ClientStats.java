package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.SubscriptionStats;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The counts of several subscriptions as those of one. */
final class ClientStats {
  static final SubscriptionStats NONE =
      new SubscriptionStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null);

  private ClientStats() {}

  /** The sum; of those that have ended only what has happened, not what holds at this moment. */
  static SubscriptionStats of(List<SubscriptionStats> running, SubscriptionStats ended) {
    List<SubscriptionStats> all = Stream.concat(running.stream(), Stream.of(ended)).toList();
    boolean allSubscribed = running.stream().allMatch(each -> each.subscribedSince() != null);
    return new SubscriptionStats(
        sum(all, SubscriptionStats::received),
        sum(all, SubscriptionStats::handled),
        sum(all, SubscriptionStats::acknowledged),
        sum(all, SubscriptionStats::redelivered),
        sum(all, SubscriptionStats::failedAttempts),
        sum(all, SubscriptionStats::undecodable),
        sum(all, SubscriptionStats::handedOver),
        sum(all, SubscriptionStats::skipped),
        sum(all, SubscriptionStats::reconnects),
        running.stream().mapToInt(SubscriptionStats::inFlight).sum(),
        running.stream().mapToDouble(SubscriptionStats::windowUsed).max().orElse(0),
        greatest(running, SubscriptionStats::lag),
        greatest(all, SubscriptionStats::lastMessageAt),
        allSubscribed ? greatest(running, SubscriptionStats::subscribedSince) : null,
        earliestExpiry(running));
  }

  private static @Nullable Instant earliestExpiry(List<SubscriptionStats> of) {
    return of.stream()
        .map(SubscriptionStats::certificateExpiresAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static long sum(List<SubscriptionStats> of, ToLongFunction<SubscriptionStats> count) {
    return of.stream().mapToLong(count).sum();
  }

  private static <T extends Comparable<? super T>> @Nullable T greatest(
      List<SubscriptionStats> of, Function<SubscriptionStats, @Nullable T> value) {
    T greatest = null;
    for (SubscriptionStats each : of) {
      T next = value.apply(each);
      if (next != null && (greatest == null || next.compareTo(greatest) > 0)) {
        greatest = next;
      }
    }
    return greatest;
  }
}
