package io.nnnco.nhub.stream.internal.transport.packet;

import io.nnnco.nhub.stream.error.ReasonCode;

/** The server sent something that MQTT does not allow. Checked, so that no caller forgets it. */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An enum, so it survives serialization. */
  private final ReasonCode reasonCode;

  /**
   * With a reason code and a problem.
   *
   * @param reasonCode for the DISCONNECT (MQTT 5, section 4.13)
   * @param problem what is wrong, without a full stop
   */
  public MalformedPacketException(ReasonCode reasonCode, String problem) {
    super(problem);
    this.reasonCode = reasonCode;
  }

  static MalformedPacketException malformed(String problem) {
    return new MalformedPacketException(ReasonCode.MALFORMED_PACKET, problem);
  }

  /** A violation of the protocol, although each packet is well formed. */
  public static MalformedPacketException protocol(String problem) {
    return new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, problem);
  }

  /** The reason code for the DISCONNECT. */
  public ReasonCode reasonCode() {
    return reasonCode;
  }
}
