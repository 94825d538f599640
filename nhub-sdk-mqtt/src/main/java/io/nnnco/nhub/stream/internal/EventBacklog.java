package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.delivery.HeldBytes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Events that the listener has not received yet, bounded in bytes: the oldest are dropped, except
 * those that an application may have to act on. Not thread-safe.
 */
final class EventBacklog {
  /** What {@link io.nnnco.nhub.stream.event.SubscriptionListener} promises. */
  static final long MOST_BYTES = 8 << 20;

  private static final long OBJECT = 256;
  private static final long EXCEPTION = 2_048;

  private final Deque<Waiting> events = new ArrayDeque<>();
  private long bytes;
  private long dropped;
  private @Nullable Instant droppedAt;

  private record Waiting(SubscriptionEvent event, long bytes) {}

  /** Adds an event, and says whether it is the first for which others had to be dropped. */
  boolean add(SubscriptionEvent event) {
    long before = dropped;
    if (bytes > 0) {
      dropFor(weight(event), event.at());
    }
    events.add(new Waiting(event, weight(event)));
    bytes += weight(event);
    return before == 0 && dropped > 0;
  }

  private void dropFor(long room, Instant now) {
    Iterator<Waiting> oldest = events.iterator();
    while (bytes + room > MOST_BYTES && oldest.hasNext()) {
      Waiting waiting = oldest.next();
      if (isRepeatable(waiting.event)) {
        oldest.remove();
        bytes -= waiting.bytes;
        dropped++;
        droppedAt = now;
      }
    }
  }

  /** The next event for the listener, or null if there is none. */
  @Nullable SubscriptionEvent poll() {
    Instant at = droppedAt;
    if (at != null) {
      SubscriptionEvent gap = new SubscriptionEvent.EventsDropped(at, dropped);
      dropped = 0;
      droppedAt = null;
      return gap;
    }
    Waiting next = events.poll();
    if (next == null) {
      return null;
    }
    bytes -= next.bytes;
    return next.event;
  }

  /** Whether such an event repeats, or requires no action. */
  private static boolean isRepeatable(SubscriptionEvent event) {
    return !(event instanceof SubscriptionEvent.SessionLost
        || event instanceof SubscriptionEvent.CredentialsRefused
        || event instanceof SubscriptionEvent.CredentialsReplaced
        || event instanceof SubscriptionEvent.CredentialsUnusable
        || event instanceof SubscriptionEvent.CertificateExpires
        || event instanceof SubscriptionEvent.RenewalFailed
        || event instanceof SubscriptionEvent.FormerCertificateRevoked
        || event instanceof SubscriptionEvent.ProtocolFallback
        || event instanceof SubscriptionEvent.TimestampUnitSuspected
        || event instanceof SubscriptionEvent.Closed);
  }

  private static long weight(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.MessageFailed failed) {
      return OBJECT + EXCEPTION + weight(failed.message().delivery());
    }
    if (event instanceof SubscriptionEvent.HandlerRetry retry) {
      return OBJECT + EXCEPTION + weight(retry.delivery());
    }
    if (event instanceof SubscriptionEvent.FormerFiltersDropped former) {
      return OBJECT + 2L * former.topicFilters().stream().mapToLong(String::length).sum();
    }
    if (event instanceof SubscriptionEvent.SessionTerms terms) {
      return OBJECT + 2L * terms.clientId().length();
    }
    return OBJECT + (event instanceof SubscriptionEvent.Disconnected ? EXCEPTION : 0);
  }

  private static long weight(Delivery delivery) {
    return delivery instanceof HeldBytes held ? held.heldBytes() : 0;
  }
}
