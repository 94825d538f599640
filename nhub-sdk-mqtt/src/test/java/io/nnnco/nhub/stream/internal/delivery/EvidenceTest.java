package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What counts for an outage of three devices, and what does not. */
class EvidenceTest {
  private final Evidence evidence = new Evidence(3);

  private static HandlerCall call(String device) {
    return call(device, Uplink.class);
  }

  private static HandlerCall call(String device, Class<?> kind) {
    VirtualTime time = new VirtualTime();
    ReceivedMessage message = Received.at(VirtualTime.START, Uplinks.of(1, device, 1));
    return new HandlerCall(
        new Deadlines(Duration.ofMinutes(1), time, time.time().nanos()), new Observers(List.of())) {
      @Override
      CompletionStage<?> call() {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      void succeeded() {}

      @Override
      void failed(Throwable cause) {}

      @Override
      void execute(Runnable attempt) {}

      @Override
      ReceivedMessage received() {
        return message;
      }

      @Override
      Class<?> kind() {
        return kind;
      }
    };
  }

  @Test
  void isOutage_whenAsManyDevicesHaveFailed() {
    evidence.failed(call("a"));
    evidence.failed(call("b"));
    evidence.failed(call("b"));
    assertFalse(evidence.isOutage());
    evidence.failed(call("c"));
    assertTrue(evidence.isOutage());
  }

  @Test
  void areWitnesses_countsDevices_eachOnce() {
    assertFalse(evidence.areWitnesses(Stream.of(call("a"), call("b"), call("b")), 0));
    assertTrue(evidence.areWitnesses(Stream.of(call("a"), call("b"), call("b")), 1));
    assertTrue(evidence.areWitnesses(Stream.of(call("a"), call("b"), call("c")), 0));
  }

  @Test
  void areWitnesses_leavesSuspectsOut_untilTheNextSuccess() {
    evidence.failed(call("a"));
    evidence.suspect(call("a"));
    assertFalse(evidence.areWitnesses(Stream.of(call("a"), call("b"), call("c")), 0));
    assertTrue(evidence.succeeded(Uplink.class));
    assertTrue(evidence.areWitnesses(Stream.of(call("a"), call("b"), call("c")), 0));
  }

  @Test
  void succeeded_endsTheRowOfItsKindOnly_andOnlyAfterAFailureOfIt() {
    evidence.failed(call("a"));
    assertFalse(evidence.succeeded(Join.class), "no join has failed");
    assertEquals(0, evidence.row(call("a")));
    evidence.failed(call("a", Join.class));
    assertTrue(evidence.succeeded(Join.class));
    assertEquals(0, evidence.row(call("a")));
    assertEquals(1, evidence.row(call("a", Join.class)));
    assertTrue(evidence.hasFailed(Uplink.class));
    assertTrue(evidence.succeeded(Uplink.class));
    assertEquals(1, evidence.row(call("a")));
    assertTrue(evidence.isEmpty());
  }
}
