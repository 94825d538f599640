package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a transport does, on the transport's threads; no method may block. The order is {@code
 * onConnected}, then messages (from here on) and {@code onSubscribed}; {@code onClosed} comes once,
 * at any time, and messages that cross it are to be ignored.
 */
public interface TransportListener {
  /**
   * The server does not speak the version that was tried first; just before {@code onConnected}.
   *
   * @param version the version that it does speak
   */
  default void onFallback(MqttVersion version) {}

  /**
   * On which terms the server keeps the session; just before {@code onConnected}.
   *
   * @param sessionExpiry for how long after the connection
   * @param clientId under which client id
   */
  default void onSessionTerms(Duration sessionExpiry, String clientId) {}

  /**
   * CONNACK came and accepts.
   *
   * @param sessionPresent whether the server kept an earlier session
   */
  void onConnected(boolean sessionPresent);

  /** SUBACK came and grants every filter. */
  void onSubscribed();

  /**
   * UNSUBACK came.
   *
   * @param topicFilters what the session had and has no more; in MQTT 3.1.1 all that was asked
   */
  default void onUnsubscribed(List<String> topicFilters) {}

  /** Bytes came, of whatever packet: the connection works at this moment. */
  default void onRead() {}

  /** A PUBLISH came. The listener may put it aside until {@link #onReadComplete}. */
  void onMessage(InboundMessage message);

  /**
   * All is told that one read has brought. On the thread of {@code onMessage}, after each message
   * or several, and before that thread may block.
   */
  default void onReadComplete() {}

  /** A PINGREQ is about to leave, behind the acknowledgements that were given up to here. */
  default void onPing() {}

  /** The first of the PINGREQs that are not answered yet is: the server has read all before it. */
  default void onPong() {}

  /**
   * The server has closed the connection because of the DISCONNECT, so it has read all before it;
   * just before {@code onClosed}.
   */
  default void onFarewell() {}

  /**
   * The end.
   *
   * @param failure why, or null after {@link Transport#disconnect}
   */
  void onClosed(@Nullable NHubException failure);
}
