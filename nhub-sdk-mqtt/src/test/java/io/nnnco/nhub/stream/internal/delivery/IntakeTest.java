package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What one read brings is handed over together, and never beyond the window. */
class IntakeTest extends PipelineFixture {
  private final CompletableFuture<Void> stuck = new CompletableFuture<>();

  @Test
  void handOver_afterARead_beginsAllInTheirOrder() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    Intake intake = pipeline.connected(transport, false);
    intake.received(uplink(1, "a", 1));
    intake.received(uplink(2, "b", 2));
    intake.received(uplink(3, "a", 3));
    time.runDue();
    assertEquals(List.of(), handled, "the read is not complete");

    intake.handOver();
    time.runDue();
    assertEquals(List.of("a1", "b2", "a3"), handled);
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

  @Test
  void handOver_whatNobodyAskedFor_unsubscribesOnce_andIsHandledAllTheSame() {
    options.durable("app", Duration.ofHours(1)).devices("a");
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    Intake intake = pipeline.connected(transport, true);
    intake.received(uplink(1, "a", 1));
    intake.received(uplink(2, "b", 2));
    intake.received(uplink(3, "b", 3));
    intake.handOver();
    intake.received(uplink(4, "b", 4));
    intake.handOver();
    time.runDue();

    assertEquals(List.of("a1", "b2", "b3", "b4"), handled);
    String prefix = "v4/groups/nnn.acme.master/";
    assertEquals(
        List.of(
            "unsubscribe "
                + List.of(
                    prefix + "#", prefix + "+/uplinks", prefix + "b/+", prefix + "b/uplinks")),
        transport.calls());
  }

  @Test
  void handOver_inANewSession_unsubscribesFromNothing() {
    options.durable("app", Duration.ofHours(1)).devices("a");
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    Intake intake = pipeline.connected(transport, false);
    intake.received(uplink(1, "b", 1));
    intake.handOver();
    assertEquals(List.of(), transport.calls());
  }

  @Test
  void received_withoutAcknowledgements_fillsTheWindowAndNoMore() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stuck);
    Intake intake = pipeline.connected(transport, false);
    for (int i = 1; i <= 3; i++) {
      intake.received(uplink(0, "a", i));
    }
    assertEquals(0, pipeline.inFlight());
    assertTrue(transport.isReading());

    intake.received(uplink(0, "a", 4));
    assertEquals(4, pipeline.inFlight(), "no fifth one may be read");
    assertFalse(transport.isReading());
  }

  @Test
  void received_whereTheServerDoesNotCount_fillsTheWindowAndNoMore() {
    RecordingTransport old = new RecordingTransport().withoutReceiveMaximum();
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stuck);
    Intake intake = pipeline.connected(old, false);
    pipeline.subscribed(old);
    intake.received(uplink(1, "a", 1));
    intake.handOver();
    for (int i = 2; i <= 4; i++) {
      assertTrue(old.isReading(), "before message " + i);
      intake.received(uplink(i, "a", i));
    }
    assertEquals(4, pipeline.inFlight());
    assertFalse(old.isReading());
  }

  @Test
  void received_ofBothKinds_isBoundedByTheOneThatNobodyCounts() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stuck);
    Intake intake = pipeline.connected(transport, false);
    intake.received(uplink(1, "a", 1));
    intake.received(uplink(0, "b", 2));
    intake.received(uplink(2, "a", 3));
    assertEquals(0, pipeline.inFlight());

    intake.received(uplink(3, "a", 4));
    assertEquals(4, pipeline.inFlight());
  }
}
