package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is handled, in which order, and when it is acknowledged. */
class DeliveryPipelineTest extends PipelineFixture {
  @Test
  void received_isAcknowledgedOnlyAfterTheHandlersStageCompletes() {
    CompletableFuture<Void> work = new CompletableFuture<>();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
    pipeline.received(transport, List.of(uplink(1, "a", 1)));
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
    pipeline.received(transport, List.of(uplink(1, "a", 1)));

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
    pipeline.received(transport, List.of(uplink(1, "a", 1)));
    pipeline.received(transport, List.of(uplink(2, "a", 2)));
    pipeline.received(transport, List.of(uplink(3, "b", 3)));
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
    pipeline.received(transport, List.of(uplink(1, "a", 1)));
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    pipeline.received(transport, List.of(uplink(2, "a", 2)));
    assertFalse(drained.isDone());

    work.complete(null);
    assertTrue(drained.isDone());
    assertEquals(List.of(1), transport.acknowledged(), "2 stays with the bridge");
  }
}
