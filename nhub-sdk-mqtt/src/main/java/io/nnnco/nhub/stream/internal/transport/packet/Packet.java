package io.nnnco.nhub.stream.internal.transport.packet;

import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/** What a server sends to a subscriber. */
public sealed interface Packet {
  /**
   * The response to CONNECT (section 3.2).
   *
   * @param sessionPresent whether the server kept an earlier session
   * @param reasonCode the reason code, or the one that means the same as the return code
   * @param accepted whether the client is accepted
   * @param terms what else the server says about the connection
   * @param reason the reason string; null if there is none
   */
  record Connack(
      boolean sessionPresent,
      ReasonCode reasonCode,
      boolean accepted,
      ServerTerms terms,
      @Nullable String reason)
      implements Packet {}

  /**
   * The response to SUBSCRIBE (section 3.9).
   *
   * @param packetId which SUBSCRIBE
   * @param codes one per filter
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Suback(int packetId, int[] codes) implements Packet {}

  /**
   * A message (section 3.3).
   *
   * @param message the message
   */
  record Publish(InboundMessage message) implements Packet {}

  /**
   * The response to UNSUBSCRIBE (section 3.11).
   *
   * @param packetId which UNSUBSCRIBE
   * @param codes one per filter; none in MQTT 3.1.1
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Unsuback(int packetId, int[] codes) implements Packet {}

  /** The response to PINGREQ (section 3.13). */
  record Pingresp() implements Packet {}

  /**
   * The server disconnects (section 3.14).
   *
   * @param reasonCode why
   * @param reason the reason string; null if there is none
   */
  record Disconnect(ReasonCode reasonCode, @Nullable String reason) implements Packet {}
}
