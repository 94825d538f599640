package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;

/** The typed errors for what a server may not send, and for what is too large to be read. */
public final class Violations {
  private Violations() {}

  /**
   * The error that ends the connection.
   *
   * @param phase how far the connection had come
   */
  public static ConnectionException failure(
      MalformedPacketException violation, ConnectionPhase phase) {
    boolean tooLarge = violation.reasonCode() == ReasonCode.PACKET_TOO_LARGE;
    return new ConnectionException(
        tooLarge ? StreamErrorCode.PACKET_TOO_LARGE : StreamErrorCode.PROTOCOL_VIOLATION,
        phase,
        (tooLarge ? "" : "The bridge breaks MQTT: ") + violation.getMessage() + ".",
        null);
  }
}
