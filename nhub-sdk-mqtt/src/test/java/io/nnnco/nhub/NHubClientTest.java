package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.internal.Environment;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Transport;
import io.nnnco.nhub.stream.internal.transport.TransportListener;
import io.nnnco.nhub.testkit.FakeNHub;
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

  private record Connection(RecordingTransport transport, TransportListener listener) {}

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
          new Environment(
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
    connections.add(new Connection(transport, listener));
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

  /** One on the connection that was made last. */
  private void uplink() throws InterruptedException {
    Connection made = connections.take();
    Eventually.isTrue("it is opened", () -> made.transport().calls().contains("open"));
    TransportListener connection = made.listener();
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
