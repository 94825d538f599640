package io.nnnco.nhub.micrometer;

import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The subscriptions with the same tags, as one: counts cover also those that have ended, everything
 * else those that are present. Thread-safe.
 */
final class SubscriptionGroup {
  private final List<Member> present = new ArrayList<>();
  private final Map<Count, Long> ended = new HashMap<>();

  /** A subscription, and since when it is measured, in milliseconds since 1970. */
  private record Member(Subscription subscription, long since) {}

  /** One more; returns whether it is the only one. */
  synchronized boolean add(Subscription subscription, long now) {
    present.add(new Member(subscription, now));
    return present.size() == 1;
  }

  /** One less, of which the counts stay; returns whether it was the only one. */
  synchronized boolean end(Subscription subscription) {
    present.removeIf(member -> member.subscription == subscription);
    SubscriptionStats last = subscription.stats();
    Count.ALL.forEach(count -> ended.merge(count, count.value().applyAsLong(last), Long::sum));
    return present.isEmpty();
  }

  /** The sum; never less than before. */
  synchronized double total(Count count) {
    long now = stats().mapToLong(count.value()).sum();
    return now + ended.getOrDefault(count, 0L);
  }

  /** Messages read and not finished. */
  synchronized double inFlight() {
    return stats().mapToInt(SubscriptionStats::inFlight).sum();
  }

  /** The share of the fullest window. */
  synchronized double windowUsed() {
    return stats().mapToDouble(SubscriptionStats::windowUsed).max().orElse(0);
  }

  /** How many are in a state. */
  synchronized double in(SubscriptionState state) {
    return subscriptions().filter(each -> each.state() == state).count();
  }

  /** 1 if all are ready, else 0. */
  synchronized double ready() {
    return all(each -> each.health().ready());
  }

  /** 1 if all are live, else 0. */
  synchronized double live() {
    return all(each -> each.health().live());
  }

  private double all(Predicate<Subscription> condition) {
    return subscriptions().allMatch(condition) ? 1 : 0;
  }

  /**
   * Milliseconds since the last message; before the first, since the subscriptions are measured.
   */
  synchronized double lastAge(long now) {
    LongStream arrivals =
        stats()
            .map(SubscriptionStats::lastMessageAt)
            .filter(Objects::nonNull)
            .mapToLong(at -> at.toEpochMilli());
    long since = present.stream().mapToLong(Member::since).min().orElse(now);
    return Math.max(0, now - arrivals.max().orElse(since));
  }

  /**
   * Milliseconds until the first certificate expires, negative after that; NaN if there is none.
   */
  synchronized double certificateRemaining(long now) {
    return stats()
        .map(SubscriptionStats::certificateExpiresAt)
        .filter(Objects::nonNull)
        .mapToDouble(at -> at.toEpochMilli() - now)
        .min()
        .orElse(Double.NaN);
  }

  private Stream<Subscription> subscriptions() {
    return present.stream().map(Member::subscription);
  }

  private Stream<SubscriptionStats> stats() {
    return subscriptions().map(Subscription::stats);
  }
}
