package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.concurrent.ScheduledExecutorService;

final class PahoFaultsTest extends TransportFaults {
  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new PahoTransport(request, hears, pings);
  }
}
