package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import io.nnnco.nhub.stream.internal.transport.direct.ProtocolMemory;
import java.util.concurrent.ScheduledExecutorService;

final class DirectFaultsTest extends TransportFaults {
  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new DirectTransport(request, hears, pings, new ProtocolMemory());
  }
}
