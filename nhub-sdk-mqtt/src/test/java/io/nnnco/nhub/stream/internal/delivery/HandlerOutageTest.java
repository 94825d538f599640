package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is down is not a message that cannot be stored. */
class HandlerOutageTest extends PipelineFixture {
  private static final int DEVICES = 100;
  private static final int PER_DEVICE = 10;
  private static final int TOTAL = DEVICES * PER_DEVICE;

  private final List<FailedMessage> dead = new ArrayList<>();
  private final List<Duration> calls = new ArrayList<>();
  private final Map<String, List<Long>> stored = new HashMap<>();
  private boolean down;

  @BeforeEach
  void giveUpToAList() {
    options.window(2 * TOTAL).failurePolicy(FailurePolicy.ofDefaults().thenHandOver(dead::add));
  }

  @Test
  void databaseDownForAnHour_isProbedOncePerInterval_andNothingIsGivenUp() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet());
    time.advance(Duration.ofHours(1));
    assertEquals(3, callsUntil(Duration.ZERO), "what it takes to notice");
    // Probes after 1, 3, 7, 15 and 31 seconds, then every 30.
    assertEquals(3 + 5 + (3_600 - 31) / 30, calls.size());
    assertEquals(List.of(), transport.acknowledged());

    down = false;
    time.advance(Duration.ofSeconds(30));
    everythingIsHandledInOrder();
    assertEquals(List.of(), dead);
  }

  private long callsUntil(Duration end) {
    return calls.stream().filter(at -> at.compareTo(end) <= 0).count();
  }

  @Test
  void databaseDown_isTold_atItsBeginningAndItsEnd() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    assertNull(pipeline.outage(), "two may be two bad messages");
    arrive(pipeline, uplink(3, "c", 3));
    time.runDue();
    assertNotNull(pipeline.outage());

    down = false;
    time.advance(Duration.ofSeconds(1));
    assertNull(pipeline.outage());
    assertEquals(
        List.of("HandlerOutageBegan", "HandlerOutageEnded"),
        events.stream()
            .map(event -> event.getClass().getSimpleName())
            .filter(name -> name.contains("Outage"))
            .toList());
    SubscriptionEvent.HandlerOutageBegan began = first(SubscriptionEvent.HandlerOutageBegan.class);
    assertEquals(3, began.devices());
    assertEquals("the database is down", began.cause().getMessage());
    SubscriptionEvent.HandlerOutageEnded ended = first(SubscriptionEvent.HandlerOutageEnded.class);
    assertEquals(Duration.ofSeconds(1), Duration.between(ended.since(), ended.at()));
  }

  private <E> E first(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @Test
  void databaseDown_onePercentPoison_givesUpExactlyThePoison() {
    down = true;
    DeliveryPipeline pipeline =
        pipeline((message, delivery) -> isPoison(message) ? boom() : store(message, delivery));
    arrive(pipeline, fleet());
    time.advance(Duration.ofMinutes(20));
    assertEquals(List.of(), dead, "nobody can tell yet");

    down = false;
    for (int i = 0; i < 600; i++) { // The fleet goes on sending, one uplink a second.
      arrive(pipeline, uplink(TOTAL + i + 1, "device-" + i % DEVICES, TOTAL + i + 1));
      time.advance(Duration.ofSeconds(1));
    }
    List<String> poison =
        Stream.of(fleet())
            .map(InboundMessage::packetId)
            .filter(HandlerOutageTest::isPoison)
            .map(id -> "poison-" + id)
            .sorted()
            .toList();
    assertEquals(10, poison.size());
    assertEquals(poison, dead.stream().map(this::name).sorted().toList());
    assertEquals(TOTAL + 600, transport.acknowledged().size());
  }

  private String name(FailedMessage failure) {
    return "poison-" + ((ReceivedMessage) failure.delivery()).packetId();
  }

  private static boolean isPoison(DeviceMessage message) {
    long number = message.timestamp().toEpochMilli();
    return number <= TOTAL && isPoison((int) number);
  }

  /** One in a hundred, of different devices. */
  private static boolean isPoison(int number) {
    return number % 101 == 7;
  }

  @Test
  void databaseFlaps_everyFiveSeconds_givesNothingUp() {
    DeliveryPipeline pipeline = pipeline(this::store);
    for (int i = 0; i < 10 * 200; i++) {
      down = i / 50 % 2 == 1;
      arrive(pipeline, uplink(1 + i % 60_000, "device-" + i % DEVICES, i));
      time.advance(Duration.ofMillis(100));
    }
    down = false;
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), dead);
    assertEquals(10 * 200, transport.acknowledged().size());
    inOrderPerDevice();
  }

  @Test
  void handlersHang_givesNothingUp_andProbesOneAtATime() {
    options.handlerDeadline(Duration.ofMinutes(1));
    down = true;
    List<CompletableFuture<Void>> hanging = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (!down) {
                return keep(message);
              }
              calls.add(Duration.ofNanos(time.time().nanos().getAsLong()));
              hanging.add(new CompletableFuture<>());
              return hanging.get(hanging.size() - 1);
            });
    arrive(pipeline, fleet());
    time.advance(Duration.ofHours(1));
    assertEquals(DEVICES, callsUntil(Duration.ofSeconds(59)), "all that were begun");
    assertTrue(calls.size() <= DEVICES + 60, "calls: " + calls.size());
    assertEquals(List.of(), dead);

    down = false;
    time.advance(Duration.ofMinutes(2));
    everythingIsHandledInOrder();
  }

  @Test
  void stagesFail_asInAnAsynchronousHandler_givesNothingUp() {
    down = true;
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              time.schedule(
                  () -> down ? stage.completeExceptionally(new Down()) : complete(stage, message),
                  50,
                  TimeUnit.MILLISECONDS);
              return stage;
            });
    arrive(pipeline, fleet());
    time.advance(Duration.ofHours(1));
    assertEquals(List.of(), dead);
    assertEquals(List.of(), transport.acknowledged());

    down = false;
    time.advance(Duration.ofMinutes(1));
    everythingIsHandledInOrder();
  }

  private boolean complete(CompletableFuture<Void> stage, DeviceMessage message) {
    keep(message);
    return stage.complete(null);
  }

  /** Nobody can tell an outage from a bad message there. */
  @Test
  void fleetOfOneDevice_holdsTheMessageForItsPatience() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "a", 2));
    time.advance(Duration.ofMinutes(9));
    assertEquals(List.of(), dead);
    down = false;
    time.advance(Duration.ofSeconds(30));
    assertEquals(List.of("a1", "a2"), handled);

    down = true;
    arrive(pipeline, uplink(3, "a", 3));
    time.advance(Duration.ofMinutes(11));
    assertEquals(1, dead.size());
  }

  @Test
  void poison_amongOthersThatSucceed_isGivenUpAfterItsRetries_andDelaysNobodyElse() {
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) ->
                message.deviceId().equals("bad") ? boom() : store(message, delivery));
    arrive(pipeline, uplink(1, "bad", 1));
    for (int i = 0; i < 70; i++) {
      arrive(pipeline, uplink(2 + i, "good", 2 + i));
      time.advance(Duration.ofMillis(100));
      assertEquals(i + 1, handled.size());
    }
    assertEquals(1, dead.size());
    assertEquals(4, dead.get(0).attempts());
  }

  /** A join that the handler ignores says nothing of the database. */
  @Test
  void databaseDown_messagesOfAnotherKindSucceed_isAnOutageAllTheSame() {
    down = true;
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) ->
                message instanceof Join ? note(message) : store(message, delivery));
    for (int i = 0; i < 1_000; i++) {
      InboundMessage uplink = uplink(1 + 2 * i, "device-" + i % DEVICES, i);
      String topic = "v4/groups/nnn.acme.master/joining/joins";
      arrive(pipeline, uplink, new InboundMessage(topic, uplink.payload(), false, 2 + 2 * i));
      time.advance(Duration.ofMillis(500));
    }
    assertEquals(1_000, handled.size(), "the joins");
    assertEquals(List.of(), dead);
    assertNotNull(pipeline.outage());
  }

  @Test
  void close_inAnOutage_leavesAllToTheBridge() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet());
    time.advance(Duration.ofMinutes(1));
    int before = calls.size();
    pipeline.abandon();
    time.advance(Duration.ofHours(1));
    assertEquals(before, calls.size());
    assertEquals(List.of(), dead);
    assertEquals(TOTAL, pipeline.owed());
  }

  private CompletionStage<?> store(DeviceMessage message, Delivery delivery) {
    calls.add(Duration.ofNanos(time.time().nanos().getAsLong()));
    return down ? boom() : keep(message);
  }

  private CompletableFuture<Void> keep(DeviceMessage message) {
    stored
        .computeIfAbsent(message.deviceId(), device -> new ArrayList<>())
        .add(message.timestamp().toEpochMilli());
    return note(message);
  }

  private static CompletionStage<?> boom() {
    return CompletableFuture.failedFuture(new Down());
  }

  private static InboundMessage[] fleet() {
    return IntStream.range(0, TOTAL)
        .mapToObj(i -> uplink(i + 1, "device-" + i % DEVICES, i + 1))
        .toArray(InboundMessage[]::new);
  }

  private void everythingIsHandledInOrder() {
    assertEquals(TOTAL, handled.size());
    assertEquals(IntStream.rangeClosed(1, TOTAL).boxed().toList(), transport.acknowledged());
    inOrderPerDevice();
  }

  private void inOrderPerDevice() {
    stored.forEach(
        (device, times) -> assertEquals(times.stream().sorted().toList(), times, device));
  }

  private static final class Down extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Down() {
      super("the database is down");
    }
  }
}
