package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nnnco.nhub.Flight;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.recording.FlightRecording;
import io.nnnco.nhub.stream.internal.recording.Stall;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/** What JDK Flight Recorder sees of messages. Their time is virtual; that of events is not. */
class FlightRecordingTest extends StuckHandlerFixture {
  private static InboundMessage again(InboundMessage first) {
    return new InboundMessage(first.topic(), first.payload(), true, first.packetId());
  }

  private static List<String> reasons(Flight flight) {
    return flight.take(Flight.STALL).stream().map(event -> event.getString("reason")).toList();
  }

  @Test
  void handlerCall_succeeds_isRecorded() {
    try (Flight flight = Flight.of(Flight.HANDLER_CALL)) {
      DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();

      RecordedEvent call = flight.take(Flight.HANDLER_CALL).get(0);
      assertEquals("meter", call.getString("device"));
      assertEquals("Uplink", call.getString("kind"));
      assertEquals(1, call.getInt("messages"));
      assertEquals(1, call.getInt("attempt"));
      assertEquals("SUCCESS", call.getString("outcome"));
      assertEquals(Thread.currentThread().getName(), call.getString("handlerThread"));
    }
  }

  @Test
  void handlerCall_ofAsynchronousHandler_lastsUntilItsStageCompletesOnAnotherThread()
      throws InterruptedException {
    try (Flight flight = Flight.of(Flight.HANDLER_CALL)) {
      CompletableFuture<Void> work = new CompletableFuture<>();
      DeliveryPipeline pipeline = pipeline((message, delivery) -> work);
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();
      Thread other = new Thread(() -> work.complete(null), "completes");
      other.start();
      other.join();

      RecordedEvent call = flight.take(Flight.HANDLER_CALL).get(0);
      assertEquals("completes", call.getThread().getJavaName());
      assertEquals(Thread.currentThread().getName(), call.getString("handlerThread"));
      assertFalse(call.getDuration().isZero());
    }
  }

  @Test
  void handlerCall_failsOrTakesTooLong_isRecordedWithItsAttemptAndTheRetry() {
    options.handlerDeadline(Duration.ofSeconds(10));
    options.failurePolicy(FailurePolicy.ofDefaults().withoutOutageDetection());
    try (Flight flight = Flight.of(Flight.HANDLER_CALL, Flight.RETRY)) {
      List<CompletableFuture<Void>> work = new ArrayList<>();
      DeliveryPipeline pipeline =
          pipeline(
              (message, delivery) -> {
                work.add(new CompletableFuture<>());
                return work.get(work.size() - 1);
              });
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();
      work.get(0).completeExceptionally(new IllegalStateException("password=secret"));
      time.advance(Duration.ofSeconds(20));

      List<RecordedEvent> calls = flight.take(Flight.HANDLER_CALL);
      assertEquals("FAILURE", calls.get(0).getString("outcome"));
      assertEquals(1, calls.get(0).getInt("attempt"));
      assertEquals("TIMEOUT", calls.get(1).getString("outcome"));
      assertEquals(2, calls.get(1).getInt("attempt"));
    }
  }

  @Test
  void retry_isRecordedWithTheClassOfItsCauseAlone() {
    try (Flight flight = Flight.of(Flight.RETRY)) {
      DeliveryPipeline pipeline =
          pipeline(
              (message, delivery) -> {
                throw new IllegalStateException("password=secret");
              });
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();

      RecordedEvent retry = flight.take(Flight.RETRY).get(0);
      assertEquals("meter", retry.getString("device"));
      assertEquals(1, retry.getInt("attempts"));
      assertEquals(Duration.ofSeconds(1), retry.getDuration("delay"));
      assertEquals("java.lang.IllegalStateException", retry.getString("cause"));
      assertNull(retry.getString("errorCode"));
      assertFalse(retry.toString().contains("secret"), retry::toString);
    }
  }

  @Test
  void retry_afterTheDeadline_isRecordedWithItsCode() {
    options.handlerDeadline(Duration.ofSeconds(10));
    try (Flight flight = Flight.of(Flight.RETRY)) {
      arrive(stuck(), uplink(1, "meter", 1));
      time.advance(Duration.ofSeconds(10));

      assertEquals("NHUB-HND-002", flight.take(Flight.RETRY).get(0).getString("errorCode"));
    }
  }

  @Test
  void deviceId_withControlCharacters_isRecordedInAPrintableForm() {
    try (Flight flight = Flight.of(Flight.HANDLER_CALL, Flight.ACKNOWLEDGEMENT)) {
      DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
      String body = "{\"device_id\":\"a\",\"timestamp_ms\":1}";
      arrive(pipeline, message(1, "a\u001b[2J\u202e", body));
      time.runDue();

      String shown = flight.take(Flight.HANDLER_CALL).get(0).getString("device");
      assertNotEquals("", shown);
      assertEquals(-1, shown.indexOf('\u001b'));
      assertEquals(-1, shown.indexOf('\u202e'));
      assertEquals(shown, flight.take(Flight.ACKNOWLEDGEMENT).get(0).getString("device"));
    }
  }

  @Test
  void acknowledgement_lastsFromTheArrivalToThePuback() {
    try (Flight flight = Flight.of(Flight.ACKNOWLEDGEMENT)) {
      DeliveryPipeline pipeline = stuck();
      arrive(pipeline, uplink(1, "first", 1), uplink(2, "second", 1));
      time.runDue();
      finish(1);
      assertEquals(List.of(), transport.acknowledged());
      finish(0);

      List<RecordedEvent> sent = flight.take(Flight.ACKNOWLEDGEMENT);
      assertEquals(
          List.of("first", "second"), sent.stream().map(each -> each.getString("device")).toList());
      assertFalse(sent.get(0).getDuration().isZero());
    }
  }

  @Test
  void acknowledgement_sentAgainOnTheNextConnection_isRecordedOnce() {
    try (Flight flight = Flight.of(Flight.ACKNOWLEDGEMENT)) {
      DeliveryPipeline pipeline = stuck();
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();
      finish(0);
      RecordingTransport next = reconnect(pipeline, true);
      pipeline.received(next, null, List.of(again(uplink(1, "meter", 1))));
      assertEquals(List.of(1), next.acknowledged());

      assertEquals(1, flight.take(Flight.ACKNOWLEDGEMENT).size());
    }
  }

  @Test
  void stall_asManyUnacknowledgedAsTheBridgeMaySend_endsWithTheFirstAcknowledgement() {
    try (Flight flight = Flight.of(Flight.STALL)) {
      DeliveryPipeline pipeline = stuck();
      for (int i = 1; i <= 4; i++) {
        arrive(pipeline, uplink(i, "device" + i, i));
      }
      time.runDue();
      finish(0);

      assertEquals(List.of("RECEIVE_MAXIMUM"), reasons(flight));
    }
  }

  @Test
  void stall_noRoom_lastsUntilTheConnectionIsReadAgain() {
    try (Flight flight = Flight.of(Flight.STALL)) {
      DeliveryPipeline pipeline = stuck();
      for (int i = 1; i <= 5; i++) {
        arrive(pipeline, uplink(0, "device" + i, i));
      }
      time.runDue();
      finish(0);
      finish(1);
      finish(2);

      assertEquals(List.of("WINDOW"), reasons(flight));
    }
  }

  @Test
  void stall_endsWithItsConnection() {
    try (Flight flight = Flight.of(Flight.STALL)) {
      DeliveryPipeline pipeline = stuck();
      pipeline.pause(true);
      pipeline.disconnected(transport);

      assertEquals(List.of("PAUSE"), reasons(flight));
    }
  }

  @Test
  void stall_paused_lastsUntilItIsResumed() {
    try (Flight flight = Flight.of(Flight.STALL)) {
      DeliveryPipeline pipeline = stuck();
      pipeline.pause(true);
      pipeline.pause(false);

      assertEquals(List.of("PAUSE"), reasons(flight));
    }
  }

  @Test
  void handlerCall_belowTheThreshold_isNotRecorded() {
    try (Flight flight = Flight.of(Flight.HANDLER_CALL, Duration.ofHours(1))) {
      DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));
      arrive(pipeline, uplink(1, "meter", 1));
      time.runDue();

      assertEquals(List.of("meter1"), handled);
      assertEquals(List.of(), flight.take(Flight.HANDLER_CALL));
    }
  }

  @Test
  void nothingIsRecorded_allocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Stall stall = new Stall();
    lookAtEach(stall); // Loads the classes.
    long before = threads.getCurrentThreadAllocatedBytes();
    long between = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      lookAtEach(stall);
    }
    long after = threads.getCurrentThreadAllocatedBytes();

    assertEquals(between - before, after - between);
  }

  private static void lookAtEach(Stall stall) {
    assertNull(FlightRecording.handlerCall());
    assertNull(FlightRecording.acknowledgement("meter"));
    stall.begin(Stall.Reason.WINDOW);
    stall.end();
  }

  @Test
  void batch_isOneCallOfSeveralMessages() {
    try (Flight flight = Flight.of(Flight.HANDLER_CALL)) {
      BatchOptions both = BatchOptions.of(2, Duration.ofSeconds(1));
      CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
      DeliveryPipeline pipeline = pipeline(new BatchedHandler(both, batch -> done));
      arrive(pipeline, uplink(1, "a", 1), uplink(2, "b", 1));
      time.advance(Duration.ofSeconds(10));

      RecordedEvent call = flight.take(Flight.HANDLER_CALL).get(0);
      assertEquals(2, call.getInt("messages"));
      assertEquals(Uplink.class.getSimpleName(), call.getString("kind"));
      assertNull(call.getString("device"));
    }
  }
}
