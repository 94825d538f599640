package io.nnnco.nhub.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one message for one client.
 *
 * @param clientId the client
 * @param qos the quality of service of the delivery, 0 or 1
 * @param state how far the delivery has got
 * @param sends how often it was sent
 * @param sentAt when it was last sent, or null
 * @param settledAt when it was acknowledged or dropped, or, with QoS 0, sent; or null
 */
public record ClientDelivery(
    String clientId,
    int qos,
    State state,
    int sends,
    @Nullable Instant sentAt,
    @Nullable Instant settledAt) {
  /** How far a message has got. */
  public enum State {
    /** It waits: the client is disconnected, slow, or has its receive maximum in flight. */
    QUEUED,
    /** It was sent. With QoS 0, nothing more happens. */
    SENT,
    /** The client has acknowledged it. */
    ACKNOWLEDGED,
    /** It was dropped: a QoS 0 message for a slow client, or one of a session that has ended. */
    DROPPED
  }
}
