package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What metrics are told of messages, on the way from the wire to the PUBACK. */
class SubscriptionMetricsTest extends StuckHandlerFixture {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final RecordingMetrics metrics = new RecordingMetrics();

  @BeforeEach
  void measure() {
    observers.add(metrics);
  }

  /** With the DUP flag. */
  private static InboundMessage duplicate(InboundMessage message) {
    return new InboundMessage(message.topic(), message.payload(), true, message.packetId());
  }

  private static long sent(long millisAgo) {
    return VirtualTime.START.toEpochMilli() - millisAgo;
  }

  @Test
  void message_isMeasuredFromTheWireToThePuback() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, uplink(1, "a", sent(70)));
    arrive(pipeline, uplink(2, "a", sent(-30)));
    time.advance(Duration.ofMillis(5));
    finish(0);
    time.advance(Duration.ofMillis(2));
    finish(1);
    assertEquals(
        List.of(
            "received a 46 bytes",
            "received a 46 bytes",
            "decoded a 70 ms",
            "called a 0 ms",
            "completed SUCCESS 1 5 ms",
            "acknowledged 5 ms",
            "decoded a -30 ms",
            "called a 5 ms",
            "completed SUCCESS 1 2 ms",
            "acknowledged 7 ms"),
        metrics.told());
  }

  @Test
  void qos0_isNotAcknowledged() {
    arrive(stuck(), uplink(0, "a", 1));
    time.runDue();
    finish(0);
    assertEquals(1, metrics.told("completed").size());
    assertEquals(List.of(), metrics.told("acknowledged"));
  }

  @Test
  void finishedOutOfOrder_isAcknowledgedWhenTheFirstIs() {
    arrive(stuck(), uplink(1, "a", 1), uplink(2, "b", 2));
    time.advance(Duration.ofMillis(5));
    finish(1);
    assertEquals(List.of(), metrics.told("acknowledged"));
    time.advance(Duration.ofMillis(5));
    finish(0);
    assertEquals(List.of("acknowledged 10 ms", "acknowledged 10 ms"), metrics.told("acknowledged"));
  }

  @Test
  void retry_isCompletedEachTime_andCalledAndDecodedOnce() {
    DeliveryPipeline pipeline =
        pipeline(
            (message, delivery) -> {
              if (metrics.told("completed").isEmpty()) {
                throw new IOException("down");
              }
              return DONE;
            });
    arrive(pipeline, uplink(1, "a", 1));
    time.advance(Duration.ofMinutes(1));
    assertEquals(
        List.of("completed FAILURE 1 0 ms", "completed SUCCESS 1 0 ms"), metrics.told("completed"));
    assertEquals(List.of("called a 0 ms"), metrics.told("called"));
    assertEquals(1, metrics.told("decoded").size());
  }

  @Test
  void deadline_isATimeout_andWhatCompletesLaterIsNotTold() {
    options.handlerDeadline(Duration.ofMinutes(1));
    arrive(stuck(), uplink(1, "a", 1));
    time.advance(Duration.ofSeconds(61));
    finish(0);
    assertEquals(List.of("completed TIMEOUT 1 60000 ms"), metrics.told("completed"));
  }

  @Test
  void undecodable_isReceivedAndAcknowledgedOnly() {
    options.failurePolicy(FailurePolicy.ofDefaults().thenHandOver(failure -> {}));
    arrive(stuck(), message(1, "a", "{"));
    time.runDue();
    assertEquals(List.of("received a 1 bytes", "acknowledged 0 ms"), metrics.told());
  }

  @Test
  void batch_isCompletedOnce_andCalledForEachMessage() {
    DeliveryPipeline pipeline =
        pipeline(new BatchedHandler(BatchOptions.of(3, Duration.ofMillis(200)), batch -> DONE));
    arrive(pipeline, uplink(1, "a", sent(1)), uplink(2, "b", sent(2)));
    time.advance(Duration.ofMillis(200));
    assertEquals(
        List.of(
            "received a 46 bytes",
            "received b 46 bytes",
            "decoded a 1 ms",
            "decoded b 2 ms",
            "called a 200 ms",
            "called b 200 ms",
            "completed SUCCESS 2 0 ms",
            "acknowledged 200 ms",
            "acknowledged 200 ms"),
        metrics.told());
  }

  /** What comes after the bad one from its device is put back, and is in another batch later. */
  @Test
  void batchThatIsSearched_isDecodedAndCalledOnceForEachMessage() {
    options
        .window(100)
        .failurePolicy(FailurePolicy.ofDefaults().withRetries(2).thenHandOver(failure -> {}));
    DeliveryPipeline pipeline =
        pipeline(
            new BatchedHandler(
                BatchOptions.of(5, Duration.ofMillis(200)),
                batch -> {
                  if (batch.stream().anyMatch(each -> each.delivery().topic().contains("bad"))) {
                    throw new IOException("rolled back");
                  }
                  return DONE;
                }));
    arrive(
        pipeline,
        uplink(1, "a", 1),
        uplink(2, "bad", 2),
        uplink(3, "bad", 3),
        uplink(4, "b", 4),
        uplink(5, "bad", 5));
    time.advance(Duration.ofHours(1));

    assertEquals(List.of(1, 2, 3, 4, 5), transport.acknowledged());
    for (String method : List.of("received", "decoded", "called")) {
      List<String> devices =
          metrics.told(method).stream().map(each -> each.split(" ", -1)[1]).toList();
      assertEquals(List.of("a", "b", "bad", "bad", "bad"), devices.stream().sorted().toList());
    }
    assertEquals(5, metrics.told("acknowledged").size());
    assertTrue(metrics.told("completed").size() > 5, "each call for a part");
  }

  /** Its PUBACK was lost, and is sent again. */
  @Test
  void acknowledgedAgain_afterAReconnect_isToldOnce() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    finish(0);
    RecordingTransport next = reconnect(pipeline, true);
    pipeline.received(next, null, List.of(duplicate(uplink(1, "a", 1))));
    assertEquals(List.of(1), next.acknowledged());
    assertEquals(List.of("acknowledged 0 ms"), metrics.told("acknowledged"));
    assertEquals(2, metrics.told("received").size());
    assertEquals(1, metrics.told("called").size());
  }

  /** It is acknowledged for the first time, when it comes again. */
  @Test
  void finishedBetweenTwoConnections_isAcknowledgedOnTheNext_sinceItsFirstArrival() {
    DeliveryPipeline pipeline = stuck();
    arrive(pipeline, uplink(1, "a", 1));
    time.runDue();
    RecordingTransport next = reconnect(pipeline, true);
    finish(0);
    assertEquals(List.of(), metrics.told("acknowledged"));
    time.advance(Duration.ofMillis(30));
    pipeline.received(next, null, List.of(uplink(1, "a", 1)));
    assertEquals(List.of("acknowledged 30 ms"), metrics.told("acknowledged"));
  }

  @Test
  void removed_areToldNoMore_andTheOthersAre() {
    RecordingMetrics others = new RecordingMetrics();
    observers.add(others);
    arrive(stuck(), uplink(1, "a", 1));
    time.runDue();
    observers.remove(metrics);
    int before = metrics.told().size();
    finish(0);
    assertEquals(before, metrics.told().size());
    assertEquals(1, others.told("acknowledged").size());
  }
}
