package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The window's limit in bytes works as the one in messages does. */
class WindowInBytesTest extends StuckHandlerFixture {
  private static final int QUARTER = 1_000;

  @BeforeEach
  void limit() {
    options.window(100).windowBytes(4 * QUARTER);
  }

  @ParameterizedTest
  @EnumSource
  void bytesFull_theNextMessageWaits_andStopsReading_untilHalfIsFree(Qos qos) {
    DeliveryPipeline pipeline = stuck();
    for (int i = 1; i <= 4; i++) {
      arrive(pipeline, uplinkOf(qos.level() * i, "device" + i, i, QUARTER));
      assertTrue(transport.isReading(), "the end of the connection is still heard");
    }
    arrive(pipeline, uplink(qos.level() * 5, "device5", 5));
    time.runDue();
    assertFalse(transport.isReading());
    assertEquals(4, pipeline.inFlight());
    assertTrue(pipeline.isFull());

    finish(0);
    assertEquals(5, work.size(), "there is room for what has waited");
    assertFalse(transport.isReading());
    finish(1);
    assertFalse(transport.isReading());
    finish(2);
    assertTrue(transport.isReading());
    assertFalse(pipeline.isFull());
  }

  @Test
  void messageLargerThanTheWindow_waitsForAllOthers_isHandledAlone_andTheNextGoesOn() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, uplink(1, "a", 1), uplinkOf(2, "b", 2, 5 * QUARTER), uplink(3, "c", 3));
    time.runDue();
    assertEquals(List.of("a1"), handled);
    finish(0);
    assertEquals(List.of("a1", "b2"), handled);
    assertFalse(transport.isReading());
    finish(1);
    assertEquals(List.of("a1", "b2", "c3"), handled);
    assertTrue(transport.isReading());
    finish(2);
    assertEquals(List.of(1, 2, 3), transport.acknowledged());
  }

  @Test
  void beforeTheSuback_bytesFull_stopsReadingToo() {
    DeliveryPipeline pipeline = stuck();
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    Intake intake = pipeline.connected(next, true);
    for (int i = 1; i <= 5; i++) {
      assertTrue(next.isReading());
      intake.received(uplinkOf(i, "device" + i, i, QUARTER));
    }
    intake.handOver();
    assertFalse(next.isReading());
    assertTrue(pipeline.delaysSubscription());

    time.runDue();
    for (int i = 0; i < 3; i++) {
      finish(i);
    }
    assertTrue(next.isReading());
    assertFalse(pipeline.delaysSubscription());
  }

  @Test
  void recognisedRedeliveries_takeNoBytes() {
    DeliveryPipeline pipeline = stuck();
    for (int i = 1; i <= 4; i++) {
      arrive(pipeline, uplinkOf(i, "device" + i, i, QUARTER));
    }
    time.runDue();
    RecordingTransport next = reconnect(pipeline, true);
    for (int i = 1; i <= 4; i++) {
      pipeline.received(next, null, List.of(uplinkOf(i, "device" + i, i, QUARTER)));
    }
    assertTrue(next.isReading());
    for (int i = 0; i < 4; i++) {
      finish(i);
    }
    assertEquals(List.of(1, 2, 3, 4), next.acknowledged());
    assertEquals(4, work.size());
  }

  @Test
  void largeHead_beforeRecognisedRedeliveries_isLetIn_orNothingCouldBeAcknowledged() {
    DeliveryPipeline pipeline = stuck();
    for (int i = 1; i <= 4; i++) {
      arrive(pipeline, uplinkOf(i, "device" + i, i, QUARTER));
    }
    time.runDue();
    RecordingTransport next = reconnect(pipeline, true);
    pipeline.received(next, null, List.of(uplinkOf(9, "device9", 9, 9 * QUARTER)));
    for (int i = 1; i <= 4; i++) {
      pipeline.received(next, null, List.of(uplinkOf(i, "device" + i, i, QUARTER)));
    }
    for (int i = 0; i < 5; i++) {
      finish(i);
    }
    assertEquals(List.of(9, 1, 2, 3, 4), next.acknowledged());
    assertTrue(next.isReading());
  }

  @Test
  void manyResets_withNewPacketIdsEachTime_neverMoreBytesThanTheWindow() {
    DeliveryPipeline pipeline = stuck();
    RecordingTransport connection = transport;
    for (int reset = 0; reset < 10; reset++) {
      for (int i = 1; i <= 4 && connection.isReading(); i++) {
        pipeline.received(
            connection, null, List.of(uplinkOf(10 * reset + i, "device" + i, i, QUARTER)));
      }
      pipeline.disconnected(connection);
      connection = new RecordingTransport();
      pipeline.connected(connection, true);
    }
    time.runDue();
    assertEquals(4, work.size());
    assertEquals(0, pipeline.roomBytes());
  }

  @Test
  void intake_handsOverWhatFillsTheBytes_andTheReaderHoldsOneMore() {
    DeliveryPipeline pipeline = stuck();
    Intake intake = pipeline.connected(transport, false);
    intake.received(uplinkOf(1, "a", 1, QUARTER));
    assertEquals(0, pipeline.inFlight());
    intake.received(uplinkOf(2, "b", 2, 4 * QUARTER));
    assertEquals(1, pipeline.inFlight(), "at once, before the read is complete");
    assertFalse(transport.isReading());
  }

  @Test
  void everythingFinished_leavesTheWholeWindow() {
    DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
    for (int i = 1; i <= 9; i++) {
      arrive(pipeline, uplinkOf(i, "a", i, 3 * QUARTER), message(10 + i, "b", "not JSON"));
      time.runDue();
    }
    assertEquals(9, handled.size());
    assertEquals(4 * QUARTER, pipeline.roomBytes());
  }

  /** A shortage of this program's is no reason to give a good message up. */
  @Test
  void outOfMemory_whileDecoding_isNoMalformedMessage_andIsTriedAgain() {
    int[] shortages = {20};
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> note(message),
            received -> {
              if (shortages[0]-- > 0) {
                throw new OutOfMemoryError("Java heap space");
              }
              return Handling.read(received);
            });
    arrive(pipeline, uplink(1, "a", 1), uplink(2, "a", 2));
    time.runDue();
    assertEquals(List.of(), handled);
    assertTrue(pipeline.isRetrying());
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of("a1", "a2"), handled);
    assertEquals(List.of(1, 2), transport.acknowledged());
    assertEquals(0, pipeline.counters().undecodable());
  }
}
