package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.concurrent.ScheduledExecutorService;

final class PahoContractTest extends TransportContract {
  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new PahoTransport(request, hears, pings);
  }
}
