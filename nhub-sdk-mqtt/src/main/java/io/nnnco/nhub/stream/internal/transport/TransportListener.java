package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a transport does, on the transport's threads; no method may block. The order is
 * {@code onPhase}, {@code onConnected}, then messages (from then on) and {@code onSubscribed};
 * {@code onClosed} comes once, at any time, and is the last call. The exception is what needs no
 * lock: messages from a read that was under way, {@link #onReadComplete} and {@link #onRead} may
 * still come, and must be ignored.
 */
public interface TransportListener {
  /**
   * It begins to look up the host, to connect, and so on up to CONNECT; again from the start, if it
   * takes more than one connection.
   *
   * @param phase what begins
   */
  default void onPhase(ConnectionPhase phase) {}

  /**
   * The server does not speak the version that was tried first. Called just before {@code
   * onConnected}.
   *
   * @param version the version that it speaks
   */
  default void onFallback(MqttVersion version) {}

  /**
   * On which terms the server keeps the session. Called just before {@code onConnected}.
   *
   * @param sessionExpiry how long after the connection
   * @param clientId under which client id
   */
  default void onSessionTerms(Duration sessionExpiry, String clientId) {}

  /**
   * CONNACK arrived and accepts.
   *
   * @param sessionPresent whether the server kept an earlier session
   */
  void onConnected(boolean sessionPresent);

  /** SUBACK arrived and grants every filter. */
  void onSubscribed();

  /**
   * UNSUBACK arrived.
   *
   * @param topicFilters the filters removed from the session; with MQTT 3.1.1 all that were
   *     requested
   */
  default void onUnsubscribed(List<String> topicFilters) {}

  /** Bytes arrived, of any packet: the connection works at this moment. */
  default void onRead() {}

  /** A PUBLISH arrived. The listener may keep it until {@link #onReadComplete}. */
  void onMessage(InboundMessage message);

  /**
   * Everything from one read has been reported. Called on the thread of {@code onMessage}, after
   * one message or several, and before that thread may block.
   */
  default void onReadComplete() {}

  /** A PINGREQ is about to be sent, after all acknowledgements so far. */
  default void onPing() {}

  /** The oldest pending PINGREQ got its response: the server has read everything before it. */
  default void onPong() {}

  /**
   * The server has closed the connection because of the DISCONNECT, so it has read everything
   * before it. Called just before {@code onClosed}.
   */
  default void onFarewell() {}

  /**
   * The end.
   *
   * @param failure why, or null after {@link Transport#disconnect}
   */
  void onClosed(@Nullable NHubException failure);
}
