package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import io.nnnco.nhub.stream.internal.transport.direct.ProtocolMemory;
import java.util.concurrent.ScheduledExecutorService;

/** The same promises in MQTT 3.1.1. */
final class DirectContract311Test extends TransportContract {
  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new DirectTransport(request, hears, pings, new ProtocolMemory());
  }

  @Override
  MqttVersion protocol() {
    return MqttVersion.MQTT_3_1_1;
  }
}
