package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.AckRecord;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DisconnectRecord;
import io.nnnco.nhub.testkit.SubscribeRecord;
import java.time.Instant;

/**
 * Told what happens, on the bridge's one thread, before the answer leaves for the client: a test
 * that has seen the answer finds the record. Must not block or throw.
 */
public interface BridgeListener {
  /** A TLS handshake failed, or the bytes were no TLS at all. */
  default void handshakeFailed(Instant at, String reason) {}

  /** A CONNECT was answered. */
  default void connected(ConnectRecord connect) {}

  /** A filter of a SUBSCRIBE was answered. */
  default void subscribed(SubscribeRecord subscribe) {}

  /** A PUBACK was read. */
  default void acknowledged(AckRecord ack) {}

  /** An accepted connection has ended. */
  default void disconnected(DisconnectRecord disconnect) {}
}
