package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.stream.event.SubscriptionEvent.SessionLost;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time in which messages are missing if the server has dropped the session. Not thread-safe.
 */
final class Outage {
  private @Nullable Instant sessionSince;
  private @Nullable Instant from;
  private boolean sessionGone;

  /**
   * An established subscription has lost its connection.
   *
   * @param lastContact the time up to which everything sent has arrived
   */
  void began(Instant lastContact) {
    if (from == null) {
      from = lastContact;
    }
  }

  /** CONNACK arrived. A session that is new now may be resumed by a later attempt. */
  void connected(boolean sessionPresent) {
    sessionGone |= !sessionPresent;
  }

  /** The subscription is established; returns the event if messages may be missing. */
  Optional<SessionLost> ended(Instant now) {
    Optional<SessionLost> lost =
        from != null && sessionGone
            ? Optional.of(new SessionLost(now, later(from, sessionSince), now))
            : Optional.empty();
    if (sessionGone) {
      sessionSince = now;
    }
    from = null;
    sessionGone = false;
    return lost;
  }

  /** A session holds nothing older than itself. */
  private static Instant later(Instant contact, @Nullable Instant since) {
    return since != null && since.isAfter(contact) ? since : contact;
  }
}
