package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What all suites need: transports of one engine, and none of them left over after a test. */
abstract class TransportFixture {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  static final String TOPIC = "v4/groups/nnn.acme.master/ABC123/uplinks";
  static final String FILTER = "v4/groups/nnn.acme.master/+/uplinks";

  /** One test's client id, by which its threads are told from others. */
  final String clientId = "suite" + NUMBER.incrementAndGet() + "x";

  final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "suite-timer"));
  final RecordingListener listener = new RecordingListener();
  private final List<Transport> opened = new ArrayList<>();
  private final Engine engine;

  TransportFixture(Engine engine) {
    this.engine = engine;
  }

  /** A transport of the engine under test. */
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return engine.create(request, hears, pings);
  }

  /** The version that the suite is run with. */
  @Nullable MqttVersion protocol() {
    return engine.version;
  }

  final Transport open(ConnectRequest request) {
    return open(request, listener);
  }

  final Transport open(ConnectRequest request, TransportListener hears) {
    Transport transport = create(request, hears, timer);
    opened.add(transport);
    transport.open();
    return transport;
  }

  /** The transport that was opened last. */
  final Transport transport() {
    return opened.get(opened.size() - 1);
  }

  /** A request with everything at its usual value, to be changed by the test. */
  final Request to(String host, int port, Credentials credentials) {
    Request request = new Request(host, port, credentials, clientId);
    request.protocol = protocol();
    return request;
  }

  /** Changes one thing at a time. */
  static final class Request {
    private final String host;
    private final int port;
    private final Credentials credentials;
    private final String clientId;
    @Nullable MqttVersion protocol;
    boolean cleanStart = true;
    Duration sessionExpiry = Duration.ofMinutes(5);
    Duration keepAlive = Duration.ofMinutes(10);
    int receiveMaximum = 1_000;
    List<String> filters = List.of(FILTER);
    Qos qos = Qos.AT_LEAST_ONCE;
    @Nullable ProxyServer proxy;

    Request(String host, int port, Credentials credentials, String clientId) {
      this.host = host;
      this.port = port;
      this.credentials = credentials;
      this.clientId = clientId;
    }

    Request resuming() {
      cleanStart = false;
      return this;
    }

    Request keepAlive(int seconds) {
      keepAlive = Duration.ofSeconds(seconds);
      return this;
    }

    Request receiveMaximum(int messages) {
      receiveMaximum = messages;
      return this;
    }

    Request filters(String... topicFilters) {
      filters = List.of(topicFilters);
      return this;
    }

    Request qos(Qos level) {
      qos = level;
      return this;
    }

    ConnectRequest build() {
      return new ConnectRequest(
          host,
          port,
          credentials,
          clientId,
          cleanStart,
          sessionExpiry,
          keepAlive,
          receiveMaximum,
          filters,
          qos,
          protocol,
          proxy);
    }
  }

  @AfterEach
  void everythingEnds() {
    opened.forEach(Transport::abort);
    awaitNoThreads();
    timer.shutdownNow();
  }

  /** Threads of the transports of this test; they carry the client id. */
  final List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(clientId))
        .toList();
  }

  /** Threads end a moment after they are told to. */
  final void awaitNoThreads() {
    eventually(
        () -> threads().isEmpty(),
        () -> "Still alive:" + ThreadDump.of(name -> name.contains(clientId)));
  }

  static void eventually(BooleanSupplier condition, Supplier<String> problem) {
    Eventually.isTrue(problem, condition);
  }
}
