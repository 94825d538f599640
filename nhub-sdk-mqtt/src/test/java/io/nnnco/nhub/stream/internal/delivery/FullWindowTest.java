package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When the pipeline has the transport stop reading. */
class FullWindowTest extends PipelineFixture {
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
      arrive(pipeline, uplink(0, "device" + i, i));
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
      pipeline.received(older, null, List.of(uplink(id, "device" + id, id)));
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
      arrive(pipeline, uplink(i, "device" + i, i));
    }
    assertTrue(pipeline.isFull());
    assertTrue(transport.isReading());
  }

  @Test
  void oneSlowDevice_withTheRestFinishedBehindIt_isAFullWindow() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        pipeline((message, delivery) -> message.deviceId().equals("a") ? slow : note(message));
    arrive(pipeline, uplink(1, "a", 1));
    for (int id = 2; id <= 4; id++) {
      arrive(pipeline, uplink(id, "b", id));
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
      arrive(pipeline, uplink(i, "device" + i, i));
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
      arrive(pipeline, uplink(0, "device" + i, i));
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
}
