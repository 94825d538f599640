package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.internal.adapter.MessagePublisher;
import io.nnnco.nhub.stream.internal.delivery.BatchedHandler;
import io.nnnco.nhub.stream.internal.log.LogFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What surrounds the handlers of a subscription. */
class InterceptorsTest {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final VirtualTime time = new VirtualTime();
  private final List<String> told = new ArrayList<>();
  private final List<FailedMessage> dead = new ArrayList<>();
  private final List<HandlerInterceptor.Factory> factories = new ArrayList<>();
  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme")
          .failurePolicy(
              FailurePolicy.ofDefaults()
                  .withoutOutageDetection()
                  .withRetries(1)
                  .thenHandOver(dead::add));

  /** Says when it is entered and left, and when the stage completes. */
  private final class Noting implements HandlerInterceptor {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<?> intercept(
        DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) throws Exception {
      told.add(name + " enters " + delivery.deviceId());
      return left(handler.handle(message, delivery));
    }

    @Override
    public CompletionStage<?> interceptBatch(
        List<DeliveredMessage> batch, AsyncBatchHandler handler) throws Exception {
      told.add(name + " enters " + batch.size());
      return left(handler.handle(batch));
    }

    private CompletionStage<?> left(CompletionStage<?> stage) {
      told.add(name + " leaves");
      return stage.whenComplete((result, failure) -> told.add(name + " ends"));
    }
  }

  private void intercept(HandlerInterceptor... interceptors) {
    for (HandlerInterceptor each : interceptors) {
      factories.add((of, clientId) -> each);
    }
  }

  private VirtualBridge subscribed(AsyncMessageHandler handler) {
    VirtualBridge bridge = new VirtualBridge(time, factories);
    bridge.open(options.build(), handler);
    return accepted(bridge);
  }

  private VirtualBridge accepted(VirtualBridge bridge) {
    time.runDue();
    bridge.accept();
    time.runDue();
    return bridge;
  }

  private void uplinks(VirtualBridge bridge, String... devices) {
    for (int i = 0; i < devices.length; i++) {
      bridge.uplink(i + 1, devices[i], i + 1);
    }
    time.runDue();
  }

  private CompletionStage<?> call(DeviceMessage message, Delivery delivery) {
    told.add("handler");
    return DONE;
  }

  @Test
  void message_theFirstInterceptorIsOutermost() {
    intercept(new Noting("1"), new Noting("2"));
    CompletableFuture<Void> work = new CompletableFuture<>();
    VirtualBridge bridge =
        subscribed(
            (message, delivery) -> {
              told.add("handler");
              return work;
            });
    uplinks(bridge, "a");
    List<String> called = List.of("1 enters a", "2 enters a", "handler", "2 leaves", "1 leaves");
    assertEquals(called, told);

    work.complete(null);
    assertEquals(List.of("2 ends", "1 ends"), told.subList(called.size(), told.size()));
    assertEquals(List.of(1), bridge.transport().acknowledged());
  }

  @Test
  void batch_isInterceptedOnce_theFirstInterceptorIsOutermost() {
    intercept(new Noting("1"), new Noting("2"));
    VirtualBridge bridge =
        subscribed(
            new BatchedHandler(
                BatchOptions.of(2, Duration.ofSeconds(1)),
                batch -> {
                  told.add("handler");
                  return DONE;
                }));
    uplinks(bridge, "a", "b");
    assertEquals(
        List.of("1 enters 2", "2 enters 2", "handler", "2 leaves", "2 ends", "1 leaves", "1 ends"),
        told);
  }

  @Test
  void batchThatFails_isInterceptedAgainInItsParts() {
    intercept(new Noting("1"));
    VirtualBridge bridge =
        subscribed(
            new BatchedHandler(
                BatchOptions.of(2, Duration.ofSeconds(1)),
                batch -> {
                  if (batch.size() > 1) {
                    throw new IOException("too many");
                  }
                  return DONE;
                }));
    uplinks(bridge, "a", "b");
    time.advance(Duration.ofMinutes(1));
    told.removeIf(each -> !each.contains("enters"));
    assertEquals(List.of("1 enters 2", "1 enters 1", "1 enters 1"), told);
    assertEquals(List.of(1, 2), bridge.transport().acknowledged());
  }

  @Test
  void interceptorThrows_theMessageFails_andIsRetried() {
    IOException refused = new IOException("not allowed");
    intercept(
        new Noting("outer"),
        new HandlerInterceptor() {
          @Override
          public CompletionStage<?> intercept(
              DeviceMessage message, Delivery delivery, AsyncMessageHandler handler)
              throws IOException {
            throw refused;
          }
        });
    VirtualBridge bridge = subscribed(this::call);
    uplinks(bridge, "a");
    time.advance(Duration.ofMinutes(1));

    assertEquals(List.of("outer enters a", "outer enters a"), told);
    assertEquals(2, dead.get(0).attempts());
    assertSame(refused, dead.get(0).cause());
    assertEquals(List.of(1), bridge.transport().acknowledged());
  }

  @Test
  void interceptorsStageFails_theMessageFails_withTheHandlersException() {
    intercept(new Noting("1"), new Noting("2"));
    IOException down = new IOException("down");
    CompletableFuture<Void> work = new CompletableFuture<>();
    VirtualBridge bridge = subscribed((message, delivery) -> work);
    uplinks(bridge, "a");
    work.completeExceptionally(new CompletionException(down));
    time.advance(Duration.ofMinutes(1));
    assertSame(down, dead.get(0).cause());
  }

  @Test
  void interceptorWithoutAStage_theMessageFails() {
    intercept(
        new HandlerInterceptor() {
          @Override
          @SuppressWarnings("NullAway")
          public CompletionStage<?> intercept(
              DeviceMessage message, Delivery delivery, AsyncMessageHandler handler) {
            return null;
          }
        });
    uplinks(subscribed(this::call), "a");
    time.advance(Duration.ofMinutes(1));
    assertInstanceOf(NullPointerException.class, dead.get(0).cause());
  }

  @Test
  void comesAgainWhileAtWork_isInterceptedOnce() {
    intercept(new Noting("1"));
    CompletableFuture<Void> work = new CompletableFuture<>();
    VirtualBridge bridge = subscribed((message, delivery) -> work);
    uplinks(bridge, "a");
    bridge.fail(LogFixture.lost());
    time.advance(Duration.ofMinutes(1));
    bridge.resume();
    uplinks(bridge, "a");
    work.complete(null);
    time.runDue();
    assertEquals(List.of("1 enters a", "1 leaves", "1 ends"), told);
    assertEquals(List.of(1), bridge.transport().acknowledged());
  }

  @Test
  void factory_getsTheOptionsAndTheClientId() {
    options.durable("meter-import", Duration.ofHours(1));
    List<SubscribeOptions> given = new ArrayList<>();
    factories.add(
        (of, clientId) -> {
          given.add(of);
          told.add(clientId);
          return new HandlerInterceptor() {};
        });
    VirtualBridge bridge = new VirtualBridge(time, factories);
    SubscribeOptions built = options.build();
    new Subscriptions(bridge.resources(), VirtualBridge.CREDENTIALS).begin(built, this::call);
    assertEquals(List.of("nhub-meter-import"), told);
    assertSame(built, given.get(0));
  }

  @Test
  void factoryWithoutAnInterceptor_isRefusedAtOnce() {
    factories.add(InterceptorsTest::nothing);
    VirtualBridge bridge = new VirtualBridge(time, factories);
    SubscribeOptions built = options.build();
    assertThrows(NullPointerException.class, () -> bridge.open(built, this::call));
  }

  @SuppressWarnings("NullAway")
  private static HandlerInterceptor nothing(SubscribeOptions options, String clientId) {
    return null;
  }

  /** Its consumer runs on a thread of its own, later. */
  @Test
  void publisher_isNotIntercepted() {
    factories.add(
        (of, clientId) -> {
          throw new AssertionError("asked for an interceptor");
        });
    VirtualBridge bridge = new VirtualBridge(time, factories);
    SubscribeOptions built = options.build();
    List<DeliveredMessage> got = new ArrayList<>();
    new MessagePublisher(handler -> bridge.open(built, handler), time)
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription given) {
                given.request(10);
              }

              @Override
              public void onNext(DeliveredMessage message) {
                got.add(message);
              }

              @Override
              public void onError(Throwable failure) {
                told.add(failure.toString());
              }

              @Override
              public void onComplete() {}
            });
    uplinks(accepted(bridge), "a");
    assertEquals(1, got.size());
    assertEquals(List.of(), told);
    assertTrue(bridge.transport().acknowledged().contains(1));
  }
}
