package io.nnnco.nhub.stream.internal.delivery;

import static io.nnnco.nhub.stream.internal.transport.Uplinks.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** User properties on their way through the pipeline. */
class ForwardedPropertiesTest extends PipelineFixture {
  private final CompletableFuture<Void> work = new CompletableFuture<>();

  private DeliveryPipeline stuck() {
    return pipeline(
        (message, delivery) -> {
          var unused = note(message);
          return work;
        });
  }

  private RecordingTransport reconnect(DeliveryPipeline pipeline) {
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    pipeline.connected(next, true);
    return next;
  }

  @Test
  void handler_getsThem_andNoneOfAMessageThatHasNone() {
    List<List<UserProperty>> seen = new ArrayList<>();
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              seen.add(delivery.userProperties());
              return note(message);
            });
    arrive(pipeline, with(uplink(1, "a", 1), "traceparent", "00-1", "k", "v"), uplink(2, "a", 2));
    time.runDue();

    List<UserProperty> sent =
        List.of(new UserProperty("traceparent", "00-1"), new UserProperty("k", "v"));
    assertEquals(List.of(sent, List.of()), seen);
  }

  /** A bridge that is traced gives each copy a context of its own. */
  @Test
  void redelivery_withOtherUserProperties_isTheMessageAtWork() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, with(uplink(1, "a", 1), "traceparent", "00-1"));
    time.runDue();
    RecordingTransport next = reconnect(pipeline);
    pipeline.received(next, null, List.of(with(uplink(1, "a", 1), "traceparent", "00-2")));
    time.runDue();
    work.complete(null);
    time.runDue();

    assertEquals(List.of("a1"), handled);
    assertEquals(List.of(1), next.acknowledged());
  }

  @Test
  void redelivery_withOtherUserProperties_ofAMessageFinishedMeanwhile_isAcknowledgedAtOnce() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, with(uplink(1, "a", 1), "traceparent", "00-1"));
    time.runDue();
    RecordingTransport next = reconnect(pipeline);
    work.complete(null);
    time.runDue();
    pipeline.received(next, null, List.of(uplink(1, "a", 1)));
    time.runDue();

    assertEquals(List.of("a1"), handled);
    assertEquals(List.of(1), next.acknowledged());
  }

  @Test
  void windowInBytes_countsThem() {
    options.window(100).windowBytes(10_000);
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, with(uplink(1, "a", 1), "k", "v".repeat(10_000)));
    assertTrue(transport.isReading(), "the end of the connection is still heard");
    arrive(pipeline, uplink(2, "b", 2));
    assertFalse(transport.isReading());

    work.complete(null);
    time.runDue();
    assertTrue(transport.isReading());
    assertEquals(10_000, pipeline.roomBytes());
  }

  @Test
  void intake_countsThem_andHandsOverWhatFillsTheWindow() {
    options.window(100).windowBytes(10_000);
    DeliveryPipeline pipeline = stuck();
    Intake intake = pipeline.connected(transport, false);
    intake.received(uplink(1, "a", 1));
    assertEquals(0, pipeline.inFlight());
    intake.received(with(uplink(2, "b", 2), "k", "v".repeat(10_000)));
    assertEquals(1, pipeline.inFlight(), "at once, before the read is complete");
  }
}
