package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.stream.internal.transport.packet.PublishedProperties;

/** Uplinks of {@code nnn.acme} as a transport hands them over. */
public final class Uplinks {
  private Uplinks() {}

  /** The smallest; of QoS 0 if the packet id is 0. */
  public static InboundMessage of(int packetId, String device, long timestamp) {
    String json = "{\"device_id\":\"" + device + "\",\"timestamp_ms\":" + timestamp + "}";
    return of(packetId, device, json);
  }

  /** One with any payload; of QoS 0 if the packet id is 0. */
  public static InboundMessage of(int packetId, String device, String payload) {
    return new InboundMessage(
        "v4/groups/nnn.acme.master/" + device + "/uplinks",
        payload.getBytes(UTF_8),
        false,
        packetId);
  }

  /** The same with user properties: names and values in turn. */
  public static InboundMessage with(InboundMessage message, String... userProperties) {
    return new InboundMessage(
        message.topic(),
        message.payload(),
        message.duplicate(),
        message.packetId(),
        PublishedProperties.of(userProperties));
  }
}
