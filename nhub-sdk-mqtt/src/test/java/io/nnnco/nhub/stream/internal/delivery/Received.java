package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Instant;

/** Messages that have arrived. */
final class Received {
  private Received() {}

  static ReceivedMessage at(Instant arrivedAt, InboundMessage inbound) {
    return new ReceivedMessage(
        inbound, DeviceTopic.parse(inbound.topic()).orElse(null), arrivedAt, 0);
  }
}
