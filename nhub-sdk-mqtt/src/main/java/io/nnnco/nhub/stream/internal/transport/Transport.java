package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.util.List;

/**
 * One attempt to connect and, if it succeeds, that one connection with its subscriptions; used
 * once. It knows topics, bytes and packet ids, but not JSON, devices or handlers.
 *
 * <p>No method blocks, and each may be called on any thread. After {@code onClosed}, every method
 * does nothing.
 */
public interface Transport {
  /**
   * Resolves the host, connects, negotiates TLS, sends CONNECT and then SUBSCRIBE, all in the
   * background. It has no deadline: the caller has one, and calls {@link #abort()}.
   */
  void open();

  /** How far it has got. */
  ConnectionPhase phase();

  /** Which engine it is of. */
  default MqttEngine engine() {
    return MqttEngine.PAHO;
  }

  /** The version of MQTT that it speaks, from the CONNACK on. */
  default MqttVersion version() {
    return MqttVersion.MQTT_5;
  }

  /**
   * Sends the PUBACK for a packet that this transport handed over. Acknowledgements leave in the
   * order of the calls.
   *
   * @param lingers whether it may wait a millisecond for others; if not, {@link #flush} follows
   * @return false if it will not leave, because the connection has ended, or the DISCONNECT is sent
   */
  boolean acknowledge(int packetId, boolean lingers);

  /** The same, for one that may wait for others. */
  default boolean acknowledge(int packetId) {
    return acknowledge(packetId, true);
  }

  /**
   * Sends what waits: no more acknowledgements follow for now.
   *
   * @param here whether the calling thread may write to the socket, which may block it: the only
   *     exception to the rule that no method does
   */
  default void flush(boolean here) {}

  /**
   * Sends an UNSUBSCRIBE, from the CONNACK on: {@link TransportListener#onUnsubscribed} gets the
   * response.
   */
  void unsubscribe(List<String> topicFilters);

  /**
   * Stops or starts reading from the socket, from the CONNACK on; before the SUBACK, that keeps the
   * subscription waiting. Pings continue meanwhile; a missing response has no consequence.
   */
  void setReading(boolean reading);

  /**
   * Sends what is waiting and a DISCONNECT, then closes; takes a few seconds at most.
   *
   * @param endSession whether the server must end the session now
   */
  void disconnect(boolean endSession);

  /** Closes the socket now. */
  void abort();

  /** Makes transports; an engine. */
  @FunctionalInterface
  interface Factory {
    /** A transport that has not started. */
    Transport create(ConnectRequest request, TransportListener listener);
  }
}
