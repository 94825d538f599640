package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.DropRecord;
import io.nnnco.nhub.testkit.SubscribeRecord;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import java.time.Instant;

/**
 * Receives events on the bridge's only thread, before the response is sent to the client: a test
 * that has seen the response finds the record. Must not block or throw.
 */
public interface BridgeListener {
  /** A TLS handshake failed, or the bytes were not TLS at all. */
  default void handshakeFailed(Instant at, String reason) {}

  /** The bridge responded to a CONNECT. */
  default void connected(ConnectRecord connect) {}

  /** The bridge responded to a filter of a SUBSCRIBE. */
  default void subscribed(SubscribeRecord subscribe) {}

  /** A PUBACK was read. */
  default void acknowledged(AckRecord ack) {}

  /** A message was published: by the fake, or by a client. */
  default void published(Message message) {}

  /** A message was dropped because too many wait for its client. */
  default void dropped(DropRecord drop) {}

  /** An accepted connection has ended. */
  default void disconnected(DisconnectRecord disconnect) {}
}
