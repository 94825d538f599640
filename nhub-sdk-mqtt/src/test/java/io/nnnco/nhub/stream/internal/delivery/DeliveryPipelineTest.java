package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.HandlerFailedException;
import io.nnnco.nhub.stream.HandlerTimeoutException;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeliveryPipelineTest {
  private final VirtualTime time = new VirtualTime();
  private final RecordingTransport transport = new RecordingTransport();
  private final List<StreamEvent> events = new ArrayList<>();
  private final List<NHubException> stops = new ArrayList<>();
  private final List<String> handled = new ArrayList<>();
  private final SubscribeOptionsBuilder options = SubscribeOptions.builder("nnn.acme").window(4);

  private DeliveryPipeline pipeline(AsyncMessageHandler handler) {
    Surveyor surveyor =
        new Surveyor() {
          @Override
          public void onEvent(StreamEvent event) {
            events.add(event);
          }

          @Override
          public void onStop(NHubException cause) {
            stops.add(cause);
          }
        };
    DeliveryPipeline pipeline =
        new DeliveryPipeline(
            handler, options.build(), Workers.on(time), time, time.time(), surveyor);
    pipeline.connected(transport, false);
    pipeline.subscribed(transport);
    return pipeline;
  }

  private static InboundMessage uplink(int packetId, String device, long timestamp) {
    String json = "{\"device_id\":\"" + device + "\",\"timestamp_ms\":" + timestamp + "}";
    return message(packetId, device, json);
  }

  private static InboundMessage message(int packetId, String device, String body) {
    return new InboundMessage(
        "v4/groups/nnn.acme.master/" + device + "/uplinks",
        body.getBytes(UTF_8),
        packetId == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE,
        false,
        packetId);
  }

  private CompletableFuture<Void> note(DeviceMessage message) {
    handled.add(message.deviceId() + message.timestamp().toEpochMilli());
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void received_isAcknowledgedOnlyAfterTheHandlersStageCompletes() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    pipeline.received(transport, uplink(1, "a", 1));
    time.runDue();
    assertEquals(List.of(), transport.acknowledged());
    assertEquals(1, pipeline.inFlight());

    work.complete(null);
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(0, pipeline.inFlight());
  }

  @Test
  void received_neverRunsTheHandlerOnTheCallersThread() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    pipeline.received(transport, uplink(1, "a", 1));

    assertEquals(List.of(), handled, "only the executor may");
    time.runDue();
    assertEquals(List.of("a1"), handled);
  }

  @Test
  void slowDevice_delaysItsOwnMessagesOnly_andAcksKeepTheOrderOfArrival() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              CompletableFuture<Void> done = note(message);
              return message.timestamp().toEpochMilli() == 1 ? slow : done;
            });
    pipeline.received(transport, uplink(1, "a", 1));
    pipeline.received(transport, uplink(2, "a", 2));
    pipeline.received(transport, uplink(3, "b", 3));
    time.runDue();
    assertEquals(List.of("a1", "b3"), handled);
    assertEquals(List.of(), transport.acknowledged());

    slow.complete(null);
    time.runDue();
    assertEquals(List.of("a1", "b3", "a2"), handled);
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

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
    pipeline.received(transport, uplink(1, "a", 1));
    time.advance(Duration.ofMillis(6_999));
    assertEquals(List.of(), transport.acknowledged());
    time.advance(Duration.ofMillis(1));

    assertEquals(
        List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7)),
        at);
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(3, pipeline.counters().failedAttempts());
    assertEquals(1, pipeline.counters().handled());
    assertEquals(3, events.stream().filter(StreamEvent.HandlerRetry.class::isInstance).count());
  }

  @Test
  void handlerFailsForGood_handOver_isAcknowledgedAfterTheFailureHandler() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withRetries(1, Duration.ofSeconds(1))
            .thenHandOver(
                failure -> {
                  assertEquals(List.of(), transport.acknowledged());
                  dead.add(failure);
                }));
    InboundMessage inbound = uplink(1, "a", 1);
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    pipeline.received(transport, inbound);
    time.advance(Duration.ofSeconds(2));

    assertEquals(1, dead.size());
    assertEquals(2, dead.get(0).attempts());
    assertInstanceOf(Boom.class, dead.get(0).cause());
    assertArrayEquals(inbound.payload(), dead.get(0).delivery().payload());
    assertEquals(List.of(1), transport.acknowledged());
    assertEquals(1, pipeline.counters().handedOver());
  }

  @Test
  void failureHandlerThrows_stopsUnacknowledged() {
    options.failurePolicy(
        FailurePolicy.ofDefaults()
            .withRetries(0, Duration.ZERO)
            .thenHandOver(
                failure -> {
                  throw new java.io.IOException("disk full");
                }));
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    pipeline.received(transport, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(1));

    assertInstanceOf(HandlerFailedException.class, stops.get(0));
    assertEquals(List.of(), transport.acknowledged());
  }

  @Test
  void handlerFailsForGood_stop_isNotAcknowledged() {
    options.failurePolicy(FailurePolicy.ofDefaults().withRetries(0, Duration.ZERO).thenStop());
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              throw new Boom();
            });
    pipeline.received(transport, uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(1));

    assertInstanceOf(Boom.class, stops.get(0).getCause());
    assertEquals(List.of(), transport.acknowledged());
  }

  @Test
  void handlerThrowsAnError_isAFailureOfThatMessageOnly() {
    options.failurePolicy(FailurePolicy.ofDefaults().withRetries(0, Duration.ZERO));
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (message.deviceId().equals("a")) {
                throw new StackOverflowError();
              }
              return note(message);
            });
    pipeline.received(transport, uplink(1, "a", 1));
    pipeline.received(transport, uplink(2, "b", 2));
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
    pipeline.received(transport, message(1, "a", "{\"device_id\":"));
    pipeline.received(transport, uplink(2, "a", 2));
    time.runDue();

    assertInstanceOf(MalformedMessageException.class, dead.get(0).cause());
    assertEquals(0, dead.get(0).attempts());
    assertEquals("a", dead.get(0).delivery().deviceId());
    assertEquals(List.of("a2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(1, pipeline.counters().undecodable());
  }

  @Test
  void handlerNeverFinishes_isGivenUpAtItsDeadline_andTheDeviceGoesOn() {
    List<FailedMessage> dead = new ArrayList<>();
    options
        .handlerDeadline(Duration.ofMinutes(1))
        .failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) ->
                message.timestamp().toEpochMilli() == 1
                    ? new CompletableFuture<>()
                    : note(message));
    pipeline.received(transport, uplink(1, "a", 1));
    pipeline.received(transport, uplink(2, "a", 2));
    time.advance(Duration.ofSeconds(59));
    assertEquals(List.of(), transport.acknowledged());
    time.advance(Duration.ofSeconds(2));

    Throwable cause = assertInstanceOf(HandlerTimeoutException.class, dead.get(0).cause());
    assertTrue(String.valueOf(cause.getMessage()).contains("longer than 1 min for one message"));
    assertEquals(List.of("a2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
  }

  @Test
  void windowFull_withQos0_stopsReading_andReadsOnWhenHalfIsFree() {
    List<CompletableFuture<Void>> work = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              work.add(stage);
              return stage;
            });
    for (int i = 0; i < 4; i++) {
      assertTrue(transport.isReading());
      pipeline.received(transport, uplink(0, "device" + i, i));
    }
    assertFalse(transport.isReading());
    time.runDue();
    work.get(0).complete(null);
    assertFalse(transport.isReading());
    work.get(1).complete(null);
    assertTrue(transport.isReading());
  }

  @Test
  void windowFull_withoutAReceiveMaximum_stopsReadingWithQos1Too() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> new CompletableFuture<>());
    RecordingTransport older = new RecordingTransport().withoutReceiveMaximum();
    pipeline.disconnected(transport);
    pipeline.connected(older, false);
    pipeline.subscribed(older);
    for (int id = 1; id <= 4; id++) {
      assertTrue(older.isReading());
      pipeline.received(older, uplink(id, "device" + id, id));
    }
    assertFalse(older.isReading(), "MQTT 3.1.1 has nothing else to keep the window by");
  }

  @Test
  void pause_staysPausedOverTheWindowAndAReconnect() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    pipeline.pause(true);
    assertFalse(transport.isReading());
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    pipeline.connected(next, true);
    assertTrue(next.isReading(), "the SUBACK is still to come");
    pipeline.subscribed(next);
    assertFalse(next.isReading());

    pipeline.pause(false);
    assertTrue(next.isReading());
  }

  @Test
  void windowFull_withQos1_isTheServersToKeep_andADisconnectCanBeRead() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> new CompletableFuture<>());
    for (int i = 1; i <= 4; i++) {
      pipeline.received(transport, uplink(i, "device" + i, i));
    }
    assertTrue(pipeline.isFull());
    assertTrue(transport.isReading());
  }

  @Test
  void oneSlowDevice_withTheRestFinishedBehindIt_isAFullWindow() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        pipeline((message, delivery) -> message.deviceId().equals("a") ? slow : note(message));
    pipeline.received(transport, uplink(1, "a", 1));
    for (int id = 2; id <= 4; id++) {
      pipeline.received(transport, uplink(id, "b", id));
    }
    time.runDue();
    assertEquals(1, pipeline.inFlight());
    assertTrue(pipeline.isFull(), "without a PUBACK the server sends nothing more");

    slow.complete(null);
    assertFalse(pipeline.isFull());
  }

  @Test
  void windowFull_whenTheServerHasLostCount_stopsReading() {
    List<CompletableFuture<Void>> work = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              work.add(stage);
              return stage;
            });
    for (int i = 1; i <= 4; i++) {
      pipeline.received(transport, uplink(i, "device" + i, i));
    }
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    pipeline.connected(next, false);
    pipeline.subscribed(next);
    assertFalse(next.isReading(), "the server may send four more, and four are at work");

    time.runDue();
    work.forEach(stage -> stage.complete(null));
    assertTrue(next.isReading());
  }

  @Test
  void windowFull_staysClosedOverAReconnect() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    for (int i = 0; i < 4; i++) {
      pipeline.received(transport, uplink(0, "device" + i, i));
    }
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    pipeline.connected(next, false);
    pipeline.subscribed(next);
    assertFalse(next.isReading(), "four are at work still");

    time.runDue();
    work.complete(null);
    assertTrue(next.isReading());
  }

  @Test
  void handlerReturnsNull_isAFailureOfThatMessage() {
    List<FailedMessage> dead = new ArrayList<>();
    options.failurePolicy(
        FailurePolicy.ofDefaults().withRetries(0, Duration.ZERO).thenHandOver(dead::add));
    DeliveryPipeline pipeline = pipeline((message, delivery) -> nothing());
    pipeline.received(transport, uplink(1, "a", 1));
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
            .withRetries(0, Duration.ZERO)
            .thenHandOver(failure -> inside.add(self.get(0).isInsideHandler())));
    DeliveryPipeline pipeline = pipeline((m, d) -> CompletableFuture.failedFuture(new Boom()));
    self.add(pipeline);
    pipeline.received(transport, uplink(1, "a", 1));
    time.runDue();

    assertEquals(List.of(true), inside, "or close() in it would wait for itself");
    assertFalse(pipeline.isInsideHandler());
  }

  @Test
  void drain_completesWhenTheLastHandlerHasFinished_andTakesNothingNew() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    pipeline.received(transport, uplink(1, "a", 1));
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    pipeline.received(transport, uplink(2, "a", 2));
    assertFalse(drained.isDone());

    work.complete(null);
    assertTrue(drained.isDone());
    assertEquals(List.of(1), transport.acknowledged(), "2 stays with the bridge");
  }

  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
