package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interceptors of a client, with real threads and the whole fake. */
class HandlerInterceptorEndToEndTest {
  private final FakeNHub fake = FakeNHub.start();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private final NHubClient nhub =
      NHubClient.builder(fake.environment())
          .credentials(fake.identity(DEFAULT_ENTERPRISE))
          .interceptor((options, clientId) -> new Closing("outer"))
          .interceptor((options, clientId) -> new Closing("inner"))
          .build();

  @AfterEach
  void close() {
    nhub.close();
    fake.close();
  }

  /** Its settlements close the subscription. */
  private final class Closing implements HandlerInterceptor {
    private final String name;

    Closing(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<?> intercept(
        DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) throws Exception {
      told.add(name);
      return handler.handle(message, delivery);
    }

    @Override
    public Settlement settling(Delivery delivery) {
      return () -> {
        Subscription open = subscription.join();
        told.add("acknowledged " + open.stats().acknowledged());
        open.close();
        told.add("closing");
      };
    }
  }

  private void next(String expected) throws InterruptedException {
    assertEquals(expected, told.poll(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  /** {@code close()} waits for handlers, so it must know that it is called within one. */
  private void closesItself() throws InterruptedException {
    subscription.join().awaitConnected(SOON);
    fake.publish(FakeMessage.uplink("ABC123"));
    next("outer");
    next("inner");
    next("acknowledged 1");
    next("closing");
    next("acknowledged 1");
    next("closing");
    subscription.join().awaitClosed();
  }

  @Test
  void settlement_closesTheSubscription_onAWorker() throws InterruptedException {
    subscription.complete(
        nhub.subscribe(
            SubscribeOptions.builder(DEFAULT_ENTERPRISE).build(), (message, delivery) -> {}));
    closesItself();
  }

  @Test
  void settlement_closesTheSubscription_onAThreadOfTheApplications() throws InterruptedException {
    subscription.complete(
        nhub.subscribeAsync(
            SubscribeOptions.builder(DEFAULT_ENTERPRISE).build(),
            (message, delivery) ->
                CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))));
    closesItself();
  }

  @Test
  void stream_isNotIntercepted() throws InterruptedException {
    try (MessageStream stream = nhub.stream(SubscribeOptions.builder(DEFAULT_ENTERPRISE).build())) {
      stream.subscription().awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123"));
      assertTrue(stream.iterator().hasNext());
    }
    assertEquals(0, told.size());
  }
}
