package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.stream.event.SubscriptionEvent.SessionLost;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when to when messages are missing, if the server has dropped the session. Not thread-safe.
 */
final class Outage {
  private @Nullable Instant sessionSince;
  private @Nullable Instant from;
  private boolean sessionGone;

  /**
   * A subscription that stood does so no more.
   *
   * @param lastContact up to when all that was sent has come
   */
  void began(Instant lastContact) {
    if (from == null) {
      from = lastContact;
    }
  }

  /** CONNACK came. A session that is new now may be found again by an attempt after this one. */
  void connected(boolean sessionPresent) {
    sessionGone |= !sessionPresent;
  }

  /** The subscription stands; what is told if messages may be missing. */
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

  /** A session has nothing that is older than itself. */
  private static Instant later(Instant contact, @Nullable Instant since) {
    return since != null && since.isAfter(contact) ? since : contact;
  }
}
