package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.util.List;

/**
 * One attempt to connect and, where it succeeds, that one connection with its subscriptions; used
 * once. It knows topics, bytes and packet ids, nothing of JSON, devices or handlers.
 *
 * <p>No method blocks, and each may be called on any thread. After the listener heard {@code
 * onClosed}, every method does nothing.
 */
public interface Transport {
  /**
   * Resolves, connects, shakes hands, sends CONNECT and then SUBSCRIBE, all in the background.
   * There is no deadline in here: the caller has one, and calls {@link #abort()}.
   */
  void open();

  /** How far it has come. */
  ConnectionPhase phase();

  /**
   * Sends the PUBACK for a packet that this transport handed over. Acknowledgements leave in the
   * order of the calls, and may wait a millisecond for one another.
   */
  void acknowledge(int packetId);

  /** Sends what waits: no more acknowledgements are owed at present. */
  default void flush() {}

  /**
   * Sends an UNSUBSCRIBE, from the CONNACK on: {@link TransportListener#onUnsubscribed} hears of
   * the answer.
   */
  void unsubscribe(List<String> topicFilters);

  /**
   * Stops or starts reading from the socket, from the CONNACK on; before the SUBACK, that keeps the
   * subscription waiting. Pings go on meanwhile; a missing answer is not held against the server.
   */
  void setReading(boolean reading);

  /**
   * Sends what is waiting and a DISCONNECT, then closes; bounded to a few seconds.
   *
   * @param endSession whether the server is to forget the session now
   */
  void disconnect(boolean endSession);

  /** Closes the socket now. */
  void abort();

  /** Makes transports; an engine. */
  @FunctionalInterface
  interface Factory {
    /** A transport that has not begun. */
    Transport create(ConnectRequest request, TransportListener listener);
  }
}
