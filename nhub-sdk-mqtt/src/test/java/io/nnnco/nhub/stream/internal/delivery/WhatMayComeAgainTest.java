package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code close()} reports as abandoned: what the bridge will send again, or may. */
class WhatMayComeAgainTest extends PipelineFixture {
  private final List<CompletableFuture<Void>> work = new ArrayList<>();
  private final RecordingTransport next = new RecordingTransport();
  private DeliveryPipeline pipeline;

  @BeforeEach
  void begin() {
    pipeline =
        pipeline(
            (message, delivery) -> {
              CompletableFuture<Void> stage = new CompletableFuture<>();
              work.add(stage);
              return stage;
            });
  }

  private void arriveAndFinish(RecordingTransport from, int... packetIds) {
    for (int id : packetIds) {
      pipeline.received(from, null, List.of(uplink(id, "device" + id, id)));
      time.runDue();
      work.get(work.size() - 1).complete(null);
      time.runDue();
    }
  }

  private void reconnect() {
    pipeline.disconnected(transport);
    pipeline.connected(next, true);
    pipeline.subscribed(next);
  }

  /** A server with new packet ids, RabbitMQ for one, sends what was unacknowledged as new. */
  @Test
  void allHandledUnderNewPacketIds_isNothing_afterAnOrderlyEnd() {
    for (int id = 1; id <= 2; id++) {
      arrive(pipeline, uplink(id, "device" + id, id));
    }
    time.runDue();
    reconnect();
    work.forEach(stage -> stage.complete(null));
    time.runDue();
    arriveAndFinish(next, 11, 12);
    assertEquals(0, pipeline.owed());

    pipeline.parted(next);
    pipeline.disconnected(next);
    assertEquals(0, pipeline.owed());
  }

  @Test
  void acknowledgedOnAConnectionThatBreaks_mayComeAgain() {
    arriveAndFinish(transport, 1, 2, 3);
    assertEquals(0, pipeline.owed(), "the connection stands");
    pipeline.disconnected(transport);
    assertEquals(3, pipeline.owed());
  }

  @Test
  void acknowledgedBeforeAPingThatIsAnswered_hasArrived() {
    arriveAndFinish(transport, 1, 2);
    pipeline.pinged(transport);
    arriveAndFinish(transport, 3);
    pipeline.pinged(transport);
    pipeline.ponged(transport);
    pipeline.disconnected(transport);
    assertEquals(1, pipeline.owed(), "the second ping has no answer");
  }

  @Test
  void answersThatNobodyAskedFor_proveNothing() {
    arriveAndFinish(transport, 1);
    pipeline.ponged(transport);
    pipeline.disconnected(transport);
    assertEquals(1, pipeline.owed());
  }

  @Test
  void acknowledgedOnAnEarlierConnection_andNotSentAgain_hasArrived() {
    arriveAndFinish(transport, 1, 2);
    reconnect();
    assertEquals(0, pipeline.owed());
    pipeline.disconnected(next);
    assertEquals(0, pipeline.owed());
  }

  @Test
  void acknowledgedBefore_andNoSubackSince_mayComeAgain() {
    arriveAndFinish(transport, 1, 2);
    pipeline.disconnected(transport);
    pipeline.connected(next, true);
    pipeline.disconnected(next);
    assertEquals(2, pipeline.owed());
  }

  @Test
  void finishedBehindASlowOne_comesAgain_evenAfterAnOrderlyEnd() {
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2));
    time.runDue();
    work.get(1).complete(null);
    time.runDue();
    pipeline.parted(transport);
    pipeline.disconnected(transport);
    assertEquals(2, pipeline.owed());
  }

  /** The DISCONNECT went before it, and so the bridge never gets it. */
  @Test
  void finishedBehindTheDisconnect_comesAgain_evenAfterAnOrderlyEnd() {
    arriveAndFinish(transport, 1);
    transport.leave();
    arriveAndFinish(transport, 2, 3);
    assertEquals(2, pipeline.owed(), "while the bridge closes");
    pipeline.parted(transport);
    pipeline.disconnected(transport);
    assertEquals(2, pipeline.owed());
    assertEquals(1, pipeline.counters().acknowledged());
  }

  @Test
  void sessionLost_nothingComesAgain() {
    arriveAndFinish(transport, 1, 2);
    pipeline.disconnected(transport);
    pipeline.connected(next, false);
    assertEquals(0, pipeline.owed());
  }
}
