package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;

/**
 * Tells a server that takes no notice of the receive maximum from one that only loses count, as
 * Mosquitto 2.0 does with each acknowledgement and with what a session has left
 * (docs/adr/0007-receive-maximum.md). The latter is put up with by not reading; so what is held
 * against a server is only what it sends in a new session, before any acknowledgement. Of MQTT 5;
 * one thread receives, any acknowledge.
 */
public final class ReceiveMaximum {
  private final int most;
  private int received;
  private volatile boolean counting;

  /**
   * Counts nothing yet.
   *
   * @param most the receive maximum
   */
  public ReceiveMaximum(int most) {
    this.most = most;
  }

  /** CONNACK came, before any message. */
  public void connected(boolean sessionPresent) {
    counting = !sessionPresent;
  }

  /**
   * A message came.
   *
   * @throws MalformedPacketException if it is one too many
   */
  public void received(InboundMessage message) throws MalformedPacketException {
    if (counting && message.packetId() != 0 && ++received > most) {
      throw new MalformedPacketException(
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          "More messages came unacknowledged than the receive maximum of " + most + " allows");
    }
  }

  /** An acknowledgement is about to leave. */
  public void acknowledged() {
    if (counting) { // To read is cheaper than to write, and almost always enough.
      counting = false;
    }
  }
}
