package io.nnnco.nhub.stream.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.Flight;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/** What JDK Flight Recorder sees of an attempt that takes too long. */
class RecordedDeadlineTest {
  private final VirtualTime time = new VirtualTime();
  private final VirtualBridge bridge = new VirtualBridge(time);

  @Test
  void attempt_pastItsDeadline_isRecordedWithTheTimeout_thoughThisSideEndsIt() {
    SubscribeOptions options = SubscribeOptions.builder("nnn.acme").build();
    try (Flight flight = Flight.of(Flight.CONNECTION_ATTEMPT)) {
      bridge.open(options, (message, delivery) -> CompletableFuture.completedFuture(null));
      time.runDue();
      time.advance(options.connectTimeout());
      assertTrue(bridge.transport().calls().contains("abort"));
      bridge.abort();

      RecordedEvent attempt = flight.take(Flight.CONNECTION_ATTEMPT).get(0);
      assertEquals(StreamErrorCode.CONNECT_TIMEOUT.id(), attempt.getString("errorCode"));
    }
  }
}
