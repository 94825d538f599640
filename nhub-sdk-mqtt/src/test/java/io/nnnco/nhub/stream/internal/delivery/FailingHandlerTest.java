package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a message whose handler fails, or that cannot be decoded. */
class FailingHandlerTest extends PipelineFixture {
  @Test
  void handlerThrows_isRetriedWithGrowingDelayAndNotAcknowledgedMeanwhile() {
    List<Duration> at = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              at.add(Duration.between(VirtualTime.START, time.instant()));
              if (at.size() < 4) {
                throw new IllegalStateException("not yet");
              }
              return note(message);
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofMillis(6_999));
    assertEquals(List.of(), transport.acknowledged());
    time.advance(Duration.ofMillis(1));

    assertEquals(
        List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7)),
        at);
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(3, pipeline.counters().failedAttempts());
    assertEquals(1, pipeline.counters().handled());
    assertEquals(
        3, events.stream().filter(SubscriptionEvent.HandlerRetry.class::isInstance).count());
  }

  @Test
  void handlerFailsForGood_handOver_isAcknowledgedAfterTheFailureHandler() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1)
            .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .thenHandOver(
                failure -> {
                  assertEquals(List.of(), transport.acknowledged());
                  dead.add(failure);
                }));
    InboundMessage inbound = uplink(1, "a", 1);
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    arrive(pipeline, inbound);
    time.advance(Duration.ofSeconds(2));

    assertEquals(1, dead.size());
    assertEquals(2, dead.get(0).attempts());
    assertInstanceOf(Boom.class, dead.get(0).cause());
    assertArrayEquals(inbound.payload(), dead.get(0).delivery().payload());
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(1, pipeline.counters().handedOver());
    assertTrue(events.stream().anyMatch(SubscriptionEvent.MessageFailed.class::isInstance));
  }

  @Test
  void failureHandlerThrows_stopsUnacknowledged() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1))
            .thenHandOver(
                failure -> {
                  throw new java.io.IOException("disk full");
                }));
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(1));

    Coded.assertInstanceOf(HandlerException.class, StreamErrorCode.HANDLER_FAILED, stops.get(0));
    assertEquals(List.of(), transport.acknowledged());
  }

  @Test
  void handlerFailsForGood_stop_isNotAcknowledged() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1))
            .thenStop());
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              throw new Boom();
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(1));

    assertInstanceOf(Boom.class, stops.get(0).getCause());
    assertEquals(List.of(), transport.acknowledged());
  }

  @Test
  void handlerThrowsAnError_isAFailureOfThatMessageOnly() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1)));
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (message.deviceId().equals("a")) {
                throw new StackOverflowError();
              }
              return note(message);
            });
    arrive(pipeline, uplink(1, "a", 1));
    arrive(pipeline, uplink(2, "b", 2));
    time.advance(Duration.ofSeconds(1));

    assertEquals(List.of("b2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(1, pipeline.counters().skipped());
  }

  @Test
  void undecodable_goesToTheFailureHandlerWithoutRetry_andCostsNobodyElseAnything() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    arrive(pipeline, message(1, "a", "{\"device_id\":"));
    arrive(pipeline, uplink(2, "a", 2));
    time.runDue();

    assertInstanceOf(MalformedMessageException.class, dead.get(0).cause());
    assertEquals(0, dead.get(0).attempts());
    assertEquals("a", dead.get(0).delivery().deviceId());
    assertEquals(List.of("a2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(1, pipeline.counters().undecodable());
  }

  @Test
  void handlerNeverFinishes_whileOthersDo_isGivenUpAfterItsRetries_andTheDeviceGoesOn() {
    List<FailedMessage> dead = new ArrayList<>();
    options
        .window(100)
        .handlerDeadline(Duration.ofMinutes(1))
        .failurePolicy(FailurePolicy.ofDefaults().withRetries(1).thenHandOver(dead::add));
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) ->
                message.timestamp().toEpochMilli() == 1
                    ? new CompletableFuture<>()
                    : note(message));
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "a", 2));
    for (int i = 3; i < 64; i++) {
      time.advance(Duration.ofSeconds(1));
      arrive(pipeline, uplink(i, "b", i));
    }
    assertEquals(List.of(), dead, "what hung once may succeed, as after a failover");
    assertEquals(List.of(), transport.acknowledged());
    time.advance(Duration.ofMinutes(2));

    Throwable cause =
        Coded.assertInstanceOf(
            HandlerException.class, StreamErrorCode.HANDLER_TIMEOUT, dead.get(0).cause());
    assertTrue(String.valueOf(cause.getMessage()).contains("longer than 1 min for one message"));
    assertEquals(2, dead.get(0).attempts());
    assertEquals("a2", handled.get(handled.size() - 1));
    assertEquals(63, transport.acknowledged().size());
  }

  /** As in a failover: calls on dead connections never return, new ones succeed. */
  @Test
  void handlersHangOnce_whileOthersSucceed_nothingIsGivenUp() {
    List<FailedMessage> dead = new ArrayList<>();
    options
        .window(100)
        .handlerDeadline(Duration.ofMinutes(1))
        .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
    Set<Long> hung = new HashSet<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              long number = message.timestamp().toEpochMilli();
              return number <= 2 && hung.add(number)
                  ? new CompletableFuture<Void>()
                  : note(message);
            });
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2));
    for (int i = 3; i < 70; i++) {
      time.advance(Duration.ofSeconds(1));
      arrive(pipeline, uplink(i, "c", i));
    }
    time.advance(Duration.ofSeconds(5));
    assertEquals(List.of(), dead);
    assertEquals(69, transport.acknowledged().size());
  }

  @Test
  void handlerReturnsNull_isAFailureOfThatMessage() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1))
            .thenHandOver(dead::add));
    DeliveryPipeline pipeline = pipeline((message, delivery) -> nothing());
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();

    assertInstanceOf(NullPointerException.class, dead.get(0).cause());
    assertEquals(List.of(1), transport.acknowledged());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // As callers without NullAway do.
  private static <T> T nothing() {
    return null;
  }

  @Test
  void failureHandler_countsAsInsideAHandler() {
    List<Boolean> inside = new ArrayList<>();
    List<DeliveryPipeline> self = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1))
            .thenHandOver(failure -> inside.add(self.get(0).isInsideHandler())));
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    self.add(pipeline);
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();

    assertEquals(List.of(true), inside, "or close() in it would wait for itself");
    assertFalse(pipeline.isInsideHandler());
  }

  /**
   * The connection is gone: to say that the message was skipped and acknowledged would be false.
   */
  @Test
  void handlerFails_afterTheEnd_isNeitherRetriedNorGivenUp() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(1)
            .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .thenHandOver(dead::add));
    CompletableFuture<Void> stage = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stage);
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    pipeline.abandon();
    stage.completeExceptionally(new Boom());
    assertEquals(0, time.waiting(), "nothing is to be tried again");
    time.advance(Duration.ofMinutes(1));

    assertEquals(List.of(), events);
    assertEquals(List.of(), dead);
    assertEquals(1, pipeline.owed());
  }

  @Test
  void handlerFailsForGood_afterTheEnd_isLeftToTheBridge() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withoutOutageDetection()
            .withRetries(0)
            .withBackoff(Duration.ZERO, Duration.ofMinutes(1)));
    CompletableFuture<Void> stage = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stage);
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    pipeline.disconnected(transport);
    pipeline.abandon();
    stage.completeExceptionally(new Boom());
    time.runDue();

    assertEquals(List.of(), events);
    assertEquals(0, pipeline.counters().skipped());
    assertEquals(1, pipeline.owed());
  }

  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
