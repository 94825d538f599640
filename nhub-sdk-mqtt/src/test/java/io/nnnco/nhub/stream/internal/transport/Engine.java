package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.NoMoreThreads;
import io.nnnco.nhub.core.internal.OwnThreads;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** What the suites are run on. */
enum Engine {
  PAHO(MqttVersion.MQTT_5),
  DIRECT(MqttVersion.MQTT_5),
  DIRECT_3_1_1(MqttVersion.MQTT_3_1_1);

  static final Executor WRITERS = WorkerPool.ofWriters();

  final MqttVersion version;

  Engine(MqttVersion version) {
    this.version = version;
  }

  private static Thread daemon(String name, Runnable task) {
    NoMoreThreads.check();
    return OwnThreads.daemon(name, task);
  }

  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return create(request, hears, pings, WRITERS);
  }

  Transport create(
      ConnectRequest request,
      TransportListener hears,
      ScheduledExecutorService pings,
      Executor writers) {
    return this == PAHO
        ? new PahoTransport(request, hears, pings, writers, new ProtocolMemory(), Engine::daemon)
        : new DirectTransport(request, hears, pings, writers, new ProtocolMemory());
  }
}
