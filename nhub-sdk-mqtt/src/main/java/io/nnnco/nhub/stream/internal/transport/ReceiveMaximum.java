package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;

/**
 * Tells a server that ignores the receive maximum from one that only miscounts, as Mosquitto 2.0
 * does with each acknowledgement and with what a session has left
 * (docs/adr/0007-receive-maximum.md). The SDK tolerates the latter by not reading. So a violation
 * is only what a server sends in a new session, before any acknowledgement. For MQTT 5; one thread
 * receives, any thread acknowledges.
 */
public final class ReceiveMaximum {
  private final int most;
  private int received;
  private volatile boolean counting;

  /**
   * Starts at zero.
   *
   * @param most the receive maximum
   */
  public ReceiveMaximum(int most) {
    this.most = most;
  }

  /** CONNACK arrived, before any message. */
  public void connected(boolean sessionPresent) {
    counting = !sessionPresent;
  }

  /**
   * A message arrived.
   *
   * @throws MalformedPacketException if it exceeds the receive maximum
   */
  public void received(InboundMessage message) throws MalformedPacketException {
    if (counting && message.packetId() != 0 && ++received > most) {
      throw new MalformedPacketException(
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          "More messages are unacknowledged than the receive maximum of " + most + " allows");
    }
  }

  /** An acknowledgement is about to leave. */
  public void acknowledged() {
    if (counting) { // A read is cheaper than a write, and almost always enough.
      counting = false;
    }
  }
}
