package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the pipeline has the transport stop reading. */
class FullWindowTest extends StuckHandlerFixture {
  /** One each of so many devices, numbered from 1. */
  private void arriveOfDevices(DeliveryPipeline pipeline, int devices) {
    for (int i = 1; i <= devices; i++) {
      arrive(pipeline, uplink(i, "device" + i, i));
    }
  }

  /** The first four, on another connection. */
  private static void arriveAgain(DeliveryPipeline pipeline, RecordingTransport next) {
    for (int i = 1; i <= 4; i++) {
      pipeline.received(next, null, List.of(uplink(i, "device" + i, i)));
    }
  }

  private void finishFirst(int count) {
    for (int i = 0; i < count; i++) {
      finish(i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void windowFull_theNextMessageWaits_andStopsReading_untilHalfIsFree(Qos qos) {
    DeliveryPipeline pipeline = stuck();
    for (int i = 1; i <= 4; i++) {
      arrive(pipeline, uplink(qos.level() * i, "device" + i, i));
      assertTrue(transport.isReading(), "the end of the connection is still heard");
    }
    arrive(pipeline, uplink(qos.level() * 5, "device5", 5));
    time.runDue();
    assertFalse(transport.isReading());
    assertEquals(4, pipeline.inFlight());
    assertEquals(4, work.size());

    finish(0);
    assertEquals(5, work.size(), "there is room for what has waited");
    assertEquals(4, pipeline.inFlight());
    assertFalse(transport.isReading());
    finish(1);
    assertFalse(transport.isReading());
    finish(2);
    assertTrue(transport.isReading());
  }

  @Test
  void beforeTheSuback_windowFull_stopsReadingToo() {
    DeliveryPipeline pipeline = stuck();
    RecordingTransport next = reconnect(pipeline, true);
    Intake intake = pipeline.connected(next, true);
    for (int i = 1; i <= 5; i++) {
      assertTrue(next.isReading());
      assertFalse(pipeline.delaysSubscription());
      intake.received(uplink(i, "device" + i, i));
    }
    intake.handOver();
    assertFalse(next.isReading());
    assertTrue(pipeline.delaysSubscription());
    assertEquals(4, pipeline.inFlight());

    time.runDue();
    finishFirst(3);
    assertTrue(next.isReading());
    assertFalse(pipeline.delaysSubscription());
  }

  /** A server that keeps the receive maximum so has its SUBACK read, however slow handlers are. */
  @Test
  void beforeTheSuback_windowFull_recognisedRedeliveriesPass() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 4);
    RecordingTransport next = reconnect(pipeline, true);
    arriveAgain(pipeline, next);
    assertTrue(next.isReading());
    assertEquals(4, pipeline.inFlight());
  }

  @Test
  void manyResets_withNewPacketIdsEachTime_neverMoreThanTheWindow() {
    DeliveryPipeline pipeline = stuck();
    RecordingTransport connection = transport;
    for (int reset = 0; reset < 10; reset++) {
      for (int i = 1; i <= 4 && connection.isReading(); i++) {
        pipeline.received(connection, null, List.of(uplink(10 * reset + i, "device" + i, i)));
      }
      pipeline.disconnected(connection);
      connection = new RecordingTransport();
      pipeline.connected(connection, true);
    }
    time.runDue();
    assertEquals(4, pipeline.inFlight());
    assertEquals(4, work.size());
  }

  @Test
  void whatWaits_isForgottenWithItsConnection_andComesAgain() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 5);
    RecordingTransport next = reconnect(pipeline, true);
    time.runDue();
    finishFirst(4);
    assertEquals(4, work.size());

    pipeline.received(next, null, List.of(uplink(5, "device5", 5)));
    time.runDue();
    assertEquals(5, work.size(), "it is no redelivery of anything begun");
    finish(4);
    assertEquals(List.of(5), next.acknowledged());
  }

  @Test
  void whatWaits_keepsItsPlaceInItsDevice_andInTheOrderOfAcknowledgements() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 2), uplink(3, "c", 3), uplink(4, "d", 4));
    arrive(pipeline, uplink(5, "a", 5), uplink(6, "a", 6));
    time.runDue();
    for (int i = 3; i >= 0; i--) {
      finish(i);
    }
    finish(4);
    finish(5);
    assertEquals(List.of("a1", "b2", "c3", "d4", "a5", "a6"), handled);
    assertEquals(List.of(1, 2, 3, 4, 5, 6), transport.acknowledged());
  }

  @Test
  void oneSlowDevice_withTheRestFinishedBehindIt_makesTheNextWait() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    DeliveryPipeline pipeline =
        pipeline((message, delivery) -> message.deviceId().equals("a") ? slow : note(message));
    arrive(pipeline, uplink(1, "a", 1));
    for (int id = 2; id <= 4; id++) {
      arrive(pipeline, uplink(id, "b", id));
    }
    time.runDue();
    arrive(pipeline, uplink(5, "b", 5));
    time.runDue();
    assertEquals(List.of("b2", "b3", "b4"), handled);
    assertFalse(transport.isReading(), "without a PUBACK it should have sent nothing more");

    slow.complete(null);
    time.runDue();
    assertEquals(List.of("b2", "b3", "b4", "b5"), handled);
    assertTrue(transport.isReading());
  }

  @Test
  void pause_staysPausedOverAReconnect() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    pipeline.pause(true);
    assertFalse(transport.isReading());
    RecordingTransport next = reconnect(pipeline, true);
    assertTrue(next.isReading(), "the SUBACK is still to come");
    pipeline.subscribed(next);
    assertFalse(next.isReading());

    pipeline.pause(false);
    assertTrue(next.isReading());
  }

  @Test
  void pause_beforeTheSuback_makesTheFirstMessageWait() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    RecordingTransport next = reconnect(pipeline, true);
    pipeline.pause(true);
    pipeline.received(next, null, List.of(uplink(1, "a", 1)));
    time.runDue();
    assertEquals(List.of(), handled);
    assertFalse(next.isReading());
    assertTrue(pipeline.delaysSubscription());

    pipeline.pause(false);
    time.runDue();
    assertEquals(List.of("a1"), handled);
    assertTrue(next.isReading());
  }

  @Test
  void drain_beginsNothingThatWaits() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 5);
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    finishFirst(4);
    assertTrue(drained.isDone());
    assertEquals(4, work.size());
    assertEquals(List.of(1, 2, 3, 4), transport.acknowledged());
  }

  @Test
  void takeNotRead_ofAConnectionThatWasReplaced_isNothing() {
    DeliveryPipeline pipeline = stuck();
    pipeline.pause(true);
    time.advance(Duration.ofSeconds(3));
    assertEquals(Duration.ZERO, pipeline.takeNotRead(new RecordingTransport()));
    assertEquals(Duration.ofSeconds(3), pipeline.takeNotRead(transport));
  }

  @Test
  void drain_evenIfResumed_beginsNothingThatWaits() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 5);
    time.runDue();
    CompletableFuture<Void> drained = pipeline.drain();
    pipeline.pause(false);
    finishFirst(4);
    assertTrue(drained.isDone());
    assertEquals(4, work.size());
  }

  @Test
  void connectionThatWasReplaced_handsOverMore_thanThereIsRoomFor_isIgnored() {
    DeliveryPipeline pipeline = stuck();
    pipeline.connected(new RecordingTransport(), true);
    for (int i = 1; i <= 9; i++) {
      arrive(pipeline, uplink(0, "device" + i, i));
    }
    time.runDue();
    assertEquals(4, pipeline.inFlight());
    finishFirst(4);
    assertEquals(4, work.size());
  }

  @Test
  void windowFull_withQos1_isTheServersToKeep_andADisconnectCanBeRead() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 4);
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
  void windowFull_whenTheServerHasLostCount_theNextMessageWaits() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 4);
    RecordingTransport next = reconnect(pipeline, false);
    pipeline.subscribed(next);
    pipeline.received(next, null, List.of(uplink(1, "device1", 1)));
    assertFalse(next.isReading(), "four are at work");
    assertEquals(4, pipeline.inFlight());

    time.runDue();
    finishFirst(4);
    assertTrue(next.isReading());
  }

  @Test
  void whatWaits_andDoesNotComeAgain_isHandledAllTheSame() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 5);
    time.runDue();
    pipeline.disconnected(transport);
    finish(0);
    assertEquals(4, work.size(), "it may come again");

    RecordingTransport next = new RecordingTransport();
    pipeline.connected(next, false);
    time.runDue();
    assertEquals(5, work.size(), "the session is lost, and with it the message at the server");
    for (int i = 1; i < 5; i++) {
      finish(i);
    }
    assertEquals(List.of(), next.acknowledged());

    for (int i = 6; i <= 9; i++) {
      pipeline.received(next, null, List.of(uplink(i, "device" + i, i)));
    }
    assertTrue(next.isReading(), "it takes no room that is owed to anybody");
    assertEquals(4, pipeline.inFlight());
  }

  @Test
  void whatWaits_andDoesNotComeAgain_withoutRoom_keepsTheNextConnectionFromBeingRead() {
    DeliveryPipeline pipeline = stuck();
    for (int i = 1; i <= 5; i++) {
      arrive(pipeline, uplink(0, "device" + i, i));
    }
    time.runDue();
    RecordingTransport next = reconnect(pipeline, true);
    assertFalse(next.isReading(), "or there would be one more with each reset");
    assertTrue(pipeline.delaysSubscription());
    finishFirst(3);
    assertEquals(5, work.size());
    assertTrue(next.isReading());
  }

  /** What was read before reading could stop may be redeliveries of all that is at work. */
  @Test
  void whatWaits_beforeRecognisedRedeliveries_isLetIn_orNothingCouldBeAcknowledged() {
    DeliveryPipeline pipeline = stuck();
    arriveOfDevices(pipeline, 4);
    time.runDue();
    RecordingTransport next = reconnect(pipeline, true);
    pipeline.received(next, null, List.of(uplink(9, "device9", 9)));
    arriveAgain(pipeline, next);
    finishFirst(4);
    assertEquals(5, work.size());

    finish(4);
    assertEquals(List.of(9, 1, 2, 3, 4), next.acknowledged());
    assertTrue(next.isReading());
  }
}
