package io.nnnco.nhub.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one message for one client.
 *
 * @param clientId the client
 * @param qos the quality of service it is delivered with, 0 or 1
 * @param state how far it has come
 * @param sends how often it was sent
 * @param sentAt when it was last sent, or null
 * @param settledAt when it was acknowledged or dropped, or, with QoS 0, sent; or null
 */
public record Delivery(
    String clientId,
    int qos,
    State state,
    int sends,
    @Nullable Instant sentAt,
    @Nullable Instant settledAt) {
  /** How far a message has come. */
  public enum State {
    /** It waits: the client is away, slow, or has its receive maximum in flight. */
    QUEUED,
    /** It was sent. With QoS 0 there is nothing more to come. */
    SENT,
    /** The client has acknowledged it. */
    ACKNOWLEDGED,
    /** It was given up: a QoS 0 message for a slow client, or one of a session that has ended. */
    DROPPED
  }
}
