package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Qos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource
  void received_fillsTheWindow_andTheReaderHoldsOneMore(Qos qos) {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> stuck);
    Intake intake = pipeline.connected(transport, false);
    for (int i = 1; i <= 3; i++) {
      intake.received(uplink(qos.level() * i, "a", i));
    }
    assertEquals(0, pipeline.inFlight());

    intake.received(uplink(qos.level() * 4, "a", 4));
    assertEquals(4, pipeline.inFlight());
    assertTrue(transport.isReading());
    intake.received(uplink(qos.level() * 5, "a", 5));
    assertEquals(4, pipeline.inFlight());
    assertFalse(transport.isReading(), "at once, before the read is complete");
  }
}
