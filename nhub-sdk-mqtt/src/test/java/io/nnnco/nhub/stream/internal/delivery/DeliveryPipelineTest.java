package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is handled, in which order, and when it is acknowledged. */
class DeliveryPipelineTest extends PipelineFixture {
  @Test
  void received_isAcknowledgedOnlyAfterTheHandlersStageCompletes() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    arrive(pipeline, uplink(1, "a", 1));
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
    arrive(pipeline, uplink(1, "a", 1));

    assertEquals(List.of(), handled, "only the executor may");
    time.runDue();
    assertEquals(List.of("a1"), handled);
  }

  @Test
  void redelivery_withTheDupFlag_isCountedOnce_recognisedOrNot() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> new CompletableFuture<>());
    InboundMessage first = uplink(1, "a", 1);
    arrive(pipeline, first);
    pipeline.disconnected(transport);
    pipeline.connected(transport, true);

    arrive(pipeline, again(first), again(uplink(2, "a", 2)));

    assertEquals(2, pipeline.counters().redelivered());
    assertEquals(2, pipeline.inFlight(), "the first is at work already");
  }

  private static InboundMessage again(InboundMessage sent) {
    return new InboundMessage(sent.topic(), sent.payload(), true, sent.packetId());
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
    arrive(pipeline, uplink(1, "a", 1));
    arrive(pipeline, uplink(2, "a", 2));
    arrive(pipeline, uplink(3, "b", 3));
    time.runDue();
    assertEquals(List.of("a1", "b3"), handled);
    assertEquals(List.of(), transport.acknowledged());

    slow.complete(null);
    time.runDue();
    assertEquals(List.of("a1", "b3", "a2"), handled);
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

  @Test
  void drain_completesWhenTheLastHandlerHasFinished_andTakesNothingNew() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    arrive(pipeline, uplink(2, "a", 2));
    assertFalse(drained.isDone());

    work.complete(null);
    assertTrue(drained.isDone());
    assertEquals(List.of(1), transport.acknowledged(), "2 stays with the bridge");
  }

  /** Or what a consumer has taken would wait for the acknowledgement of what it has not. */
  @Test
  void selfPacedHandler_getsMessagesOfAllDevicesInOrderOfArrival() {
    List<Runnable> hired = new ArrayList<>();
    SelfPacedHandler consumer =
        new SelfPacedHandler() {
          @Override
          public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) {
            var unused = note(message);
            return new CompletableFuture<>();
          }

          @Override
          public void ended(@Nullable NHubException cause) {}
        };
    DeliveryPipeline pipeline = pipeline(consumer, Workers.on(hired::add, time));
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2), uplink(3, "c", 3));

    hired.remove(0).run();
    assertEquals(List.of("a1", "b2", "c3"), handled);
    assertEquals(List.of(), hired, "a second worker would overtake the first");
  }
}
