package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.handler.codec.DecoderException;

/** How a client's packet breaks MQTT's rules. */
final class PacketFlaw extends DecoderException {
  private static final long serialVersionUID = 1L;

  private final int reasonCode;

  PacketFlaw(int reasonCode, String flaw) {
    super(flaw);
    this.reasonCode = reasonCode;
  }

  static PacketFlaw malformed(String flaw) {
    return new PacketFlaw(ReasonCodes.MALFORMED_PACKET, flaw);
  }

  static PacketFlaw protocolError(String flaw) {
    return new PacketFlaw(ReasonCodes.PROTOCOL_ERROR, flaw);
  }

  /** In MQTT 5. */
  int reasonCode() {
    return reasonCode;
  }

  String flaw() {
    return String.valueOf(getMessage());
  }
}
