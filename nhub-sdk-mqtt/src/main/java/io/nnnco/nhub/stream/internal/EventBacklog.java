package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.internal.delivery.HeldBytes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Events that the listener has not heard yet, bounded in bytes: the oldest give way, but for those
 * that an application may have to act on. Not thread-safe.
 */
final class EventBacklog {
  /** What {@link io.nnnco.nhub.stream.StreamListener} promises. */
  static final long MOST_BYTES = 8 << 20;

  private static final long OBJECT = 256;
  private static final long EXCEPTION = 2_048;

  private final Deque<Waiting> events = new ArrayDeque<>();
  private long bytes;
  private long dropped;
  private @Nullable Instant droppedAt;

  private record Waiting(StreamEvent event, long bytes) {}

  /** Adds an event, and says whether it is the first for which others had to be dropped. */
  boolean add(StreamEvent event) {
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

  /** The next to be heard, or null if there is none. */
  @Nullable StreamEvent poll() {
    Instant at = droppedAt;
    if (at != null) {
      StreamEvent gap = new StreamEvent.EventsDropped(at, dropped);
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

  /** Whether its like comes again, or tells nothing that somebody must do. */
  private static boolean isRepeatable(StreamEvent event) {
    return !(event instanceof StreamEvent.SessionLost
        || event instanceof StreamEvent.CredentialsRefused
        || event instanceof StreamEvent.CredentialsReplaced
        || event instanceof StreamEvent.ProtocolFallback
        || event instanceof StreamEvent.TimestampUnitSuspected
        || event instanceof StreamEvent.Closed);
  }

  private static long weight(StreamEvent event) {
    if (event instanceof StreamEvent.MessageFailed failed) {
      return OBJECT + EXCEPTION + weight(failed.message().delivery());
    }
    if (event instanceof StreamEvent.HandlerRetry retry) {
      return OBJECT + EXCEPTION + weight(retry.delivery());
    }
    if (event instanceof StreamEvent.FormerFiltersDropped former) {
      return OBJECT + 2L * former.topicFilters().stream().mapToLong(String::length).sum();
    }
    if (event instanceof StreamEvent.SessionTerms terms) {
      return OBJECT + 2L * terms.clientId().length();
    }
    return OBJECT + (event instanceof StreamEvent.Disconnected ? EXCEPTION : 0);
  }

  private static long weight(Delivery delivery) {
    return delivery instanceof HeldBytes held ? held.heldBytes() : 0;
  }
}
