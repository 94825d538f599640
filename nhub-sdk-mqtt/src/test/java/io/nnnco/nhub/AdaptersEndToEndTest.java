package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandlers;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.stream.deadletter.RedriveReport;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other ways to receive, through the front door, against the whole fake. */
class AdaptersEndToEndTest {
  private final FakeNHub fake = FakeNHub.start();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment()).credentials(fake.identity(DEFAULT_ENTERPRISE)).build();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    nhub.close();
    fake.close();
  }

  private SubscribeOptionsBuilder options() {
    return SubscribeOptions.builder(DEFAULT_ENTERPRISE).listener(inbox);
  }

  /** Takes what it gets one by one. */
  private static final class OneByOne implements Flow.Subscriber<DeliveredMessage> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final BlockingQueue<DeviceMessage> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(DeliveredMessage next) {
      messages.add(next.message());
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      end.complete("onComplete");
    }

    DeviceMessage take() throws InterruptedException {
      DeviceMessage message = messages.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("No message within " + SOON);
      }
      return message;
    }
  }

  @Test
  void publisher_givesWhatIsRequested_overADrop_andCompletesWithTheClient() throws Exception {
    OneByOne subscriber = new OneByOne();
    nhub.publisher(options().build()).subscribe(subscriber);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    fake.publish(FakeMessage.uplink("a"));
    fake.publish(FakeMessage.uplink("b"));
    subscriber.subscription.join().request(1);
    String first = subscriber.take().deviceId();
    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    subscriber.subscription.join().request(1);
    String second = subscriber.take().deviceId();
    fake.acks().take(SOON);
    fake.acks().take(SOON);

    assertEquals(List.of("a", "b"), Stream.of(first, second).sorted().toList());
    nhub.close();
    assertEquals("onComplete", subscriber.end.get(SOON.toSeconds(), TimeUnit.SECONDS));
    OurThreads.awaitNone();
  }

  /** Every task that a client leaves behind would be run before the next one of ours. */
  @Test
  void publisher_whoseClientIsClosed_leavesTheExecutorAlone() throws Exception {
    ThreadPoolExecutor yours =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try {
      OneByOne subscriber = new OneByOne();
      try (NHubClient client =
          NHubClient.builder(fake.environment())
              .credentials(fake.identity(DEFAULT_ENTERPRISE))
              .handlerExecutor(yours)
              .build()) {
        client.publisher(options().build()).subscribe(subscriber);
        inbox.takeEvent(SubscriptionEvent.Subscribed.class);
      }
      assertEquals("onComplete", subscriber.end.get(SOON.toSeconds(), TimeUnit.SECONDS));
      for (int round = 0; round < 10; round++) {
        yours.submit(() -> {}).get(SOON.toSeconds(), TimeUnit.SECONDS);
      }
      long before = yours.getTaskCount();
      yours.submit(() -> {}).get(SOON.toSeconds(), TimeUnit.SECONDS);
      assertEquals(before + 1, yours.getTaskCount());
    } finally {
      yours.shutdownNow();
    }
  }

  @Test
  void publisher_cancel_leavesNothingRunning() throws Exception {
    OneByOne subscriber = new OneByOne();
    nhub.publisher(options().build()).subscribe(subscriber);
    inbox.takeEvent(SubscriptionEvent.Subscribed.class);
    subscriber.subscription.join().cancel();

    inbox.takeEvent(SubscriptionEvent.Closed.class);
  }

  @Test
  void publisher_withoutCredentials_saysSoWithOnError() throws Exception {
    OneByOne subscriber = new OneByOne();
    try (NHubClient anonymous = NHubClient.builder(fake.environment()).build()) {
      anonymous.publisher(options().build()).subscribe(subscriber);

      assertEquals(
          AuthenticationException.class.getSimpleName(),
          subscriber.end.get(SOON.toSeconds(), TimeUnit.SECONDS));
      Coded.assertThrows(
          AuthenticationException.class,
          StreamErrorCode.MISSING_CREDENTIALS,
          () -> anonymous.stream(options().build()));
    }
  }

  @Test
  void stream_limited_takesTypedMessagesAndAcknowledgesThem() throws Exception {
    List<String> devices = new ArrayList<>();
    try (MessageStream messages = nhub.stream(options().build())) {
      messages.subscription().awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("a"));
      fake.publish(FakeMessage.uplink("b"));
      messages.stream().limit(2).forEach(next -> devices.add(next.message().deviceId()));

      fake.acks().take(SOON);
      fake.acks().take(SOON);
    }
    assertEquals(List.of("a", "b"), devices.stream().sorted().toList());
  }

  @Test
  void handlersPerKind_receiveTheirKinds_andTheFallbackTheRest() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onUplink((uplink, delivery) -> seen.add("uplink " + uplink.deviceId()))
            .onJoin((join, delivery) -> seen.add("join " + join.deviceId()))
            .otherwise(
                (message, delivery) -> {
                  assertInstanceOf(UnknownMessage.class, message);
                  seen.add("other " + message.deviceId());
                })
            .build();
    nhub.subscribe(options().allKinds().build(), handlers).awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("U"));
    fake.publish(FakeMessage.join("J"));
    fake.publish("v4/groups/nnn.acme.master/X/alarms", "{\"device_id\":\"X\",\"timestamp_ms\":1}");
    for (int i = 0; i < 3; i++) {
      fake.acks().take(SOON);
    }

    assertEquals(List.of("join J", "other X", "uplink U"), seen.stream().sorted().toList());
  }

  @Test
  void deadLetterFile_hasTheMessageWhenItIsAcknowledged_andGivesItBack(@TempDir Path directory)
      throws Exception {
    try (DeadLetterFile deadLetters = DeadLetterFile.open(directory.resolve("dead.jsonl"))) {
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .withoutOutageDetection()
              .withRetries(1)
              .withBackoff(Duration.ofMillis(5), Duration.ofMinutes(1))
              .thenHandOver(deadLetters);
      Subscription subscription =
          nhub.subscribe(
              options().failurePolicy(policy).build(),
              (message, delivery) -> {
                throw new IllegalStateException("database is down");
              });
      subscription.awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "°C"));
      fake.publish("v4/groups/nnn.acme.master/BAD/uplinks", "{not json".getBytes(UTF_8));
      fake.acks().take(SOON);
      fake.acks().take(SOON);
      assertTrue(deadLetters.size() > 0);
      RedriveReport report = deadLetters.redrive(inbox);

      assertEquals(new RedriveReport(1, 1, 0, 0), report);
      assertEquals("ABC123", inbox.takeMessage().deviceId());
      assertEquals(2, subscription.stats().handedOver());
    }
  }

  @Test
  void deadLetterFile_full_endsTheSubscription_unacknowledged(@TempDir Path directory)
      throws Exception {
    try (FakeNHub bridge = FakeNHub.builder().leakCheck(false).start();
        NHubClient client =
            NHubClient.builder(bridge.environment())
                .credentials(bridge.identity(DEFAULT_ENTERPRISE))
                .build();
        DeadLetterFile deadLetters =
            DeadLetterFile.builder(directory.resolve("dead.jsonl")).maxBytes(1_024).open()) {
      FailurePolicy policy = FailurePolicy.ofDefaults().thenHandOver(deadLetters);
      Subscription subscription = client.subscribe(options().failurePolicy(policy).build(), inbox);
      subscription.awaitConnected(SOON);
      bridge.publish("v4/groups/nnn.acme.master/BAD/uplinks", "x".repeat(2_000).getBytes(UTF_8));
      SubscriptionEvent.Closed closed = inbox.takeEvent(SubscriptionEvent.Closed.class);

      Coded.assertInstanceOf(
          DeadLetterException.class,
          StreamErrorCode.DEAD_LETTER_FILE_FULL,
          closed.cause() == null ? null : closed.cause().getCause());
      assertEquals(List.of(), bridge.acks().all());
    }
  }
}
