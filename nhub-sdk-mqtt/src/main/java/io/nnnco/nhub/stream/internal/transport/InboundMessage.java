package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.internal.transport.packet.UserProperties;
import java.util.List;

/**
 * A PUBLISH as received. One is made per message, so it keeps no more than it must: the QoS is in
 * the packet id.
 *
 * @param topic the topic
 * @param payload the bytes; they belong to the receiver from now on
 * @param duplicate the DUP flag
 * @param packetId the packet id, 0 for QoS 0
 * @param userProperties the user properties; always none in MQTT 3.1.1
 */
@SuppressWarnings("ArrayRecordComponent") // An envelope that is never compared; a copy would cost.
public record InboundMessage(
    String topic, byte[] payload, boolean duplicate, int packetId, UserProperties userProperties) {
  /** A message without user properties. */
  public InboundMessage(String topic, byte[] payload, boolean duplicate, int packetId) {
    this(topic, payload, duplicate, packetId, UserProperties.NONE);
  }

  /** How it was sent. */
  public Qos qos() {
    return packetId == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
  }

  /** The user properties, read from their bytes. */
  public List<UserProperty> readUserProperties() {
    return userProperties.list();
  }

  /** How many bytes it holds as long as it is kept. */
  public long heldBytes() {
    return payload.length + 2L * topic.length() + userProperties.heldBytes();
  }
}
