package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the front door sees to when several threads and subscriptions use it. */
class NHubClientTest {
  private static final SubscribeOptions OPTIONS = SubscribeOptions.builder("nnn.acme").build();

  private final FakeNHub fake = FakeNHub.start();
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

  private record Connection(
      ConnectRequest request, RecordingTransport transport, TransportListener listener) {}

  private Runnable onSchedule = () -> {};

  /** Lets a test in while a subscription is being made, which asks for its timers first. */
  private final ScheduledExecutorService control =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable command, long initialDelay, long delay, TimeUnit unit) {
          onSchedule.run();
          return super.scheduleWithFixedDelay(command, initialDelay, delay, unit);
        }
      };

  private final NHubClient client =
      new NHubClient(
          new ClientResources(
              fake.environment(),
              null,
              this::connect,
              control,
              Workers.ofDefaults(control),
              Time.system(),
              () -> 0.5),
          fake.usernamePassword(),
          null);

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

  @Test
  void subscribe_whileAnotherThreadCloses_isClosedToo() throws InterruptedException {
    Thread closing = new Thread(client::close);
    onSchedule =
        () -> {
          if (closing.getState() == Thread.State.NEW) {
            closing.start();
            Eventually.isTrue(
                "it has closed, or waits for its turn",
                () -> !closing.isAlive() || closing.getState() == Thread.State.BLOCKED);
          }
        };
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    closing.join(SOON.toMillis());
    assertEquals(SubscriptionState.CLOSED, subscription.state());
    assertTrue(control.isShutdown());
  }

  @Test
  void subscribe_enterprise_asksForItsUplinks() throws InterruptedException {
    client.subscribe(Enterprise.of("nnn.acme"), uplink -> {});

    assertEquals(OPTIONS.topicFilters(), connection().request().topicFilters());
  }

  @Test
  void close_withinAHandler_doesNotWaitForOtherSubscriptions() throws Exception {
    CountDownLatch otherIsAtWork = new CountDownLatch(1);
    CountDownLatch otherMayEnd = new CountDownLatch(1);
    CompletableFuture<Void> closeReturned = new CompletableFuture<>();
    try {
      client.subscribe(
          OPTIONS,
          (message, delivery) -> {
            otherIsAtWork.countDown();
            otherMayEnd.await();
          });
      uplink();
      assertTrue(otherIsAtWork.await(SOON.toSeconds(), TimeUnit.SECONDS));
      client.subscribe(
          OPTIONS,
          (message, delivery) -> {
            client.close();
            closeReturned.complete(null);
          });
      uplink();
      closeReturned.get(5, TimeUnit.SECONDS);
    } finally {
      otherMayEnd.countDown();
    }
  }

  private static SubscribeOptions durable(String name) {
    return SubscribeOptions.builder("nnn.acme").durable(name, Duration.ofHours(1)).build();
  }

  @Test
  void subscribe_underADurableNameInUse_isRefusedAtOnce() {
    client.subscribe(durable("app"), (message, delivery) -> {});
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> client.subscribe(durable("app"), (message, delivery) -> {}));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("durable name app"), refused::toString);
    client.subscribe(durable("other"), (message, delivery) -> {});
    client.subscribe(OPTIONS, (message, delivery) -> {});
    client.subscribe(OPTIONS, (message, delivery) -> {});
  }

  @Test
  void subscribe_underADurableNameThatWasClosed_begins() {
    client.subscribe(durable("app"), (message, delivery) -> {}).close();
    client.subscribe(durable("app"), (message, delivery) -> {});
  }

  @Test
  void subscribe_underADurableNameThatEndedByAnError_begins() throws InterruptedException {
    Subscription first = client.subscribe(durable("app"), (message, delivery) -> {});
    connection().listener().onClosed(refused());
    Coded.assertThrows(
        AuthenticationException.class, StreamErrorCode.NOT_AUTHORIZED, first::awaitClosed);
    client.subscribe(durable("app"), (message, delivery) -> {});
  }

  @Test
  void updateCredentials_refused_areNotShownByTheNextSubscription() throws InterruptedException {
    Credentials old = standing();
    client.updateCredentials(fake.identity("nnn.acme"));
    Connection second = connection();
    assertNotEquals(old, second.request().credentials());
    second.listener().onClosed(refused());

    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(old, connection().request().credentials());
  }

  @Test
  void updateCredentials_accepted_areShownByTheNextSubscription() throws InterruptedException {
    standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    accept(connection());
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_acceptedByOneAndRefusedByAnother_areShownByTheNext()
      throws InterruptedException {
    standing();
    standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    connection().listener().onClosed(refused());
    accept(connection());
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_withoutASubscription_areShownByTheNext() throws InterruptedException {
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(renewed, connection().request().credentials());
  }

  @Test
  void updateCredentials_acceptedWhileAnotherSubscriptionBegan_areShownByThatToo()
      throws InterruptedException {
    Credentials old = standing();
    Credentials renewed = fake.identity("nnn.acme");
    client.updateCredentials(renewed);
    Connection second = connection();
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(old, connection().request().credentials());
    accept(second);
    assertEquals(renewed, connection().request().credentials());
  }

  /** A subscription that stands, and what it has shown. */
  private Credentials standing() throws InterruptedException {
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    Connection made = connection();
    accept(made);
    subscription.awaitConnected(SOON);
    return made.request().credentials();
  }

  /** What happens next on the control thread has seen that. */
  private void accept(Connection made) throws InterruptedException {
    made.listener().onConnected(false);
    made.listener().onSubscribed();
    CountDownLatch seen = new CountDownLatch(1);
    control.execute(seen::countDown);
    assertTrue(seen.await(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  private static AuthenticationException refused() {
    return new AuthenticationException(
        StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT, "Refused.", null);
  }

  private Connection connection() throws InterruptedException {
    Connection made = connections.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(made, "nobody has connected");
    Eventually.isTrue("it is opened", () -> made.transport().calls().contains("open"));
    return made;
  }

  /** One on the connection that was made last. */
  private void uplink() throws InterruptedException {
    TransportListener connection = connection().listener();
    connection.onConnected(false);
    connection.onSubscribed();
    connection.onMessage(
        new InboundMessage(
            "v4/groups/nnn.acme.master/a/uplinks",
            "{\"device_id\":\"a\",\"timestamp_ms\":1}".getBytes(UTF_8),
            Qos.AT_LEAST_ONCE,
            false,
            1));
    connection.onReadComplete();
  }
}
