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
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the two are hard to tell apart: a full window, short recoveries, several kinds. */
class PoisonOrOutageTest extends PipelineFixture {
  private final FailurePolicy policy = FailurePolicy.ofDefaults().thenHandOver(this::giveUp);
  private final List<Long> dead = new ArrayList<>();
  private final List<Long> calls = new ArrayList<>();
  private final Set<Long> poison = new HashSet<>();
  private boolean down;
  private int successesLeft = Integer.MAX_VALUE;

  @BeforeEach
  void giveUpToAList() {
    options.window(100).failurePolicy(policy);
  }

  private void giveUp(FailedMessage failure) {
    dead.add((long) ((ReceivedMessage) failure.delivery()).packetId());
  }

  private CompletionStage<?> store(DeviceMessage message, Delivery delivery) {
    long number = message.timestamp().toEpochMilli();
    calls.add(number);
    if (down || successesLeft == 0 || poison.contains(number)) {
      return CompletableFuture.failedFuture(new IllegalStateException("not stored"));
    }
    successesLeft--;
    return note(message);
  }

  private static InboundMessage[] fleet(int from, int to) {
    List<InboundMessage> messages = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      messages.add(uplink(i, "device-" + i, i));
    }
    return messages.toArray(InboundMessage[]::new);
  }

  /** A fast stream has filled the window before the first retry; then nothing more can come. */
  @Test
  void poison_holdsUpAFullWindow_isGivenUpAfterItsRetries_notAfterItsPatience() {
    poison.add(1L);
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 100));
    time.advance(Duration.ofSeconds(8));
    assertEquals(List.of(1L), dead);
    assertEquals(4, calls.stream().filter(number -> number == 1).count());
    assertEquals(100, transport.acknowledged().size());
  }

  @Test
  void poisonOfManyDevices_holdsUpAFullWindow_isNoOutageForEver() {
    poison.addAll(Set.of(1L, 20L, 30L, 40L, 50L));
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 100));
    time.advance(Duration.ofSeconds(8));
    assertEquals(List.of(1L, 20L, 30L, 40L, 50L), dead, "each after its retries");
    for (int i = 101; i <= 130; i++) {
      arrive(pipeline, uplink(i, "device-" + i, i));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(130, transport.acknowledged().size());
  }

  /** What was at work when the database went down proves nothing of itself. */
  @Test
  void databaseGoesDown_whileMostOfAFullWindowIsHandled_givesNothingUp() {
    List<CompletableFuture<Void>> atWork = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (atWork.size() < 100) {
                atWork.add(new CompletableFuture<>());
                return atWork.get(atWork.size() - 1);
              }
              return store(message, delivery);
            });
    arrive(pipeline, fleet(1, 100));
    time.runDue();
    down = true;
    atWork.get(0).completeExceptionally(new IllegalStateException("not stored"));
    atWork.subList(1, 70).forEach(stage -> stage.complete(null));
    atWork
        .subList(70, 100)
        .forEach(stage -> stage.completeExceptionally(new IllegalStateException("not stored")));
    time.advance(Duration.ofHours(1));
    assertEquals(List.of(), dead);
    assertNotNull(pipeline.outage());

    down = false;
    time.advance(Duration.ofMinutes(1));
    assertEquals(100, transport.acknowledged().size());
  }

  @Test
  void databaseTakesOneMessage_andIsDownAgain_costsFewCalls() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 100));
    time.advance(Duration.ofSeconds(40));
    down = false;
    successesLeft = 1;
    int before = calls.size();
    time.advance(Duration.ofSeconds(30));
    assertNotNull(pipeline.outage());
    assertEquals(1, handled.size());
    assertTrue(calls.size() - before <= 1 + 3 + 5, "calls: " + (calls.size() - before));
  }

  /** Each time others pay for it, so that no message fails in outage after outage. */
  @Test
  void databaseTakesOneMessage_timeAndAgain_givesNothingUp() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 100));
    for (int i = 0; i < 20; i++) {
      down = false;
      successesLeft = 1;
      time.advance(Duration.ofSeconds(40));
    }
    successesLeft = Integer.MAX_VALUE;
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), dead);
    assertEquals(100, transport.acknowledged().size());
  }

  @Test
  void retriesForATime_twoOutagesLongerThanThat_givesNothingUp() {
    options.failurePolicy(policy.withRetriesFor(Duration.ofMinutes(5)));
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 100));
    time.advance(Duration.ofMinutes(10));
    down = false;
    successesLeft = 1;
    time.advance(Duration.ofMinutes(10));
    assertEquals(List.of(), dead);
    successesLeft = Integer.MAX_VALUE;
    time.advance(Duration.ofMinutes(1));
    assertEquals(100, transport.acknowledged().size());
  }

  /** Joins that the handler ignores succeed all the time, also when one of them has failed. */
  @Test
  void databaseDown_aBadJoinAmongIgnoredOnes_givesNoUplinkUp() {
    down = true;
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) ->
                message instanceof Join && message.timestamp().toEpochMilli() != 50
                    ? CompletableFuture.completedFuture(null)
                    : store(message, delivery));
    for (int i = 1; i <= 600; i++) {
      arrive(pipeline, i % 10 == 0 ? join(i) : uplink(i, "device-" + i, i));
      time.advance(Duration.ofSeconds(1));
    }
    down = false;
    time.advance(Duration.ofMinutes(2));
    assertEquals(List.of(), dead.stream().filter(number -> number != 50).toList());
    assertNull(pipeline.outage());
  }

  private static InboundMessage join(int number) {
    InboundMessage uplink = uplink(number, "device-" + number, number);
    String topic = "v4/groups/nnn.acme.master/joining-" + number + "/joins";
    return new InboundMessage(topic, uplink.payload(), false, number);
  }

  @Test
  void predicateFails_withAnError_isRetriedAllTheSame() {
    options.failurePolicy(
        policy.retryIf(
            cause -> {
              throw new NoClassDefFoundError("of the user's");
            }));
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofMillis(1_500));
    down = false;
    time.advance(Duration.ofSeconds(5));
    assertEquals(List.of("a1"), handled);
  }

  /** It says nothing of the outage, which must not wait for another probe for ever. */
  @Test
  void probeIsGivenUp_itIsPoison_anotherIsTried() {
    options.failurePolicy(policy.giveUpOn(ArithmeticException.class));
    down = true;
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (message.deviceId().equals("poison")) {
                throw new ArithmeticException("not a number");
              }
              return store(message, delivery);
            });
    arrive(pipeline, fleet(1, 3));
    time.runDue();
    assertNotNull(pipeline.outage());
    arrive(pipeline, uplink(4, "poison", 4));
    time.advance(Duration.ofSeconds(40));
    assertEquals(List.of(4L), dead);
    down = false;
    time.advance(Duration.ofMinutes(1));
    assertNull(pipeline.outage());
    assertEquals(4, transport.acknowledged().size());
  }

  /** The delays between probes begin anew with each outage. */
  @Test
  void secondOutage_isProbedAsSoonAsTheFirst() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 3));
    time.advance(Duration.ofMinutes(10));
    down = false;
    time.advance(Duration.ofMinutes(1));
    assertNull(pipeline.outage());

    down = true;
    int before = calls.size();
    arrive(pipeline, fleet(4, 6));
    time.advance(Duration.ofSeconds(10));
    assertEquals(3 + 3, calls.size() - before, "three messages, and probes after 1, 3 and 7 s");
  }

  @Test
  void outage_saysWhatAHandlerThrew() {
    down = true;
    DeliveryPipeline pipeline = pipeline(this::store);
    arrive(pipeline, fleet(1, 3));
    time.runDue();
    HandlerOutage outage = pipeline.outage();
    assertNotNull(outage);
    assertEquals("not stored", outage.cause().getMessage());
  }
}
