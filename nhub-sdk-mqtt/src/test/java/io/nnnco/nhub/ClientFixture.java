package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.Subscriptions;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.WorkerPool;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A client whose connections a test answers itself. */
abstract class ClientFixture {
  static final SubscribeOptions OPTIONS = SubscribeOptions.builder("nnn.acme").build();

  final FakeNHub fake = FakeNHub.start();
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

  record Connection(
      ConnectRequest request, RecordingTransport transport, TransportListener listener) {}

  Runnable onSchedule = () -> {};

  /** Lets a test in while a subscription is being made, which asks for its timers first. */
  final ScheduledExecutorService control =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable command, long initialDelay, long delay, TimeUnit unit) {
          onSchedule.run();
          return super.scheduleWithFixedDelay(command, initialDelay, delay, unit);
        }
      };

  final NHubClient client = client(resources());

  private NHubClient client(ClientResources resources) {
    return new NHubClient(
        resources,
        new Subscriptions(resources, fake.usernamePassword()),
        null,
        options -> {
          throw new UnsupportedOperationException("No doctor here");
        });
  }

  private ClientResources resources() {
    return new ClientResources(
        fake.environment(),
        null,
        this::connect,
        control,
        Workers.ofDefaults(control),
        WorkerPool.ofWriters(),
        List.of(),
        Time.system(),
        () -> 0.5);
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private Transport connect(ConnectRequest request, TransportListener listener) {
    RecordingTransport transport = new RecordingTransport();
    transport.onDisconnect(() -> listener.onClosed(null));
    connections.add(new Connection(request, transport, listener));
    return transport;
  }

  /** A subscription that stands, and what it has shown. */
  Credentials standing() throws InterruptedException {
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    Connection made = connection();
    accept(made);
    subscription.awaitConnected(SOON);
    return made.request().credentials();
  }

  /** What happens next on the control thread has seen that. */
  void accept(Connection made) throws InterruptedException {
    made.listener().onConnected(false);
    made.listener().onSubscribed();
    settle();
  }

  /** The control thread has seen what happened up to here. */
  void settle() throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    control.execute(seen::countDown);
    assertTrue(seen.await(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  /** Whoever was to connect has done so, and a test has taken it. */
  void assertNoConnection() throws InterruptedException {
    settle();
    assertEquals(List.of(), List.copyOf(connections));
  }

  static AuthenticationException refused() {
    return new AuthenticationException(
        StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT, "Refused.", null);
  }

  static ConnectionException lost() {
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM, "Lost.", null);
  }

  Connection connection() throws InterruptedException {
    Connection made = connections.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(made, "nobody has connected");
    Eventually.isTrue("it is opened", () -> made.transport().calls().contains("open"));
    return made;
  }

  /** One on the connection that was made last. */
  void uplink() throws InterruptedException {
    TransportListener connection = connection().listener();
    connection.onConnected(false);
    connection.onSubscribed();
    connection.onMessage(
        new InboundMessage(
            "v4/groups/nnn.acme.master/a/uplinks",
            "{\"device_id\":\"a\",\"timestamp_ms\":1}".getBytes(UTF_8),
            false,
            1));
    connection.onReadComplete();
  }
}
