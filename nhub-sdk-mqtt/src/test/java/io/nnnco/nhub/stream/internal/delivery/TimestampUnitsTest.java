package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.event.SubscriptionEvent.TimestampUnitSuspected;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform that does not send milliseconds is told of, once, and its timestamps are kept. */
class TimestampUnitsTest extends PipelineFixture {
  private static final long NOW = VirtualTime.START.toEpochMilli();

  private final DeliveryPipeline pipeline = pipeline((message, delivery) -> note(message));

  private List<Double> factors() {
    return events.stream().map(event -> ((TimestampUnitSuspected) event).factor()).toList();
  }

  private void receive(int id, String device, long timestamp) {
    arrive(pipeline, uplink(id, device, timestamp));
    time.runDue();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1000", "0, 1000", "3, 0.001", "6, 0.000001"})
  void timestampInAnotherUnit_isToldWithTheFactor_andNotChanged(int power, double factor) {
    long stamped = power <= 0 ? NOW / 1_000 + power : NOW * (long) Math.pow(10, power);
    receive(1, "a", stamped);

    TimestampUnitSuspected told = (TimestampUnitSuspected) events.get(0);
    assertEquals(factor, told.factor());
    assertEquals("a", told.deviceId());
    assertEquals(stamped, told.timestamp().toEpochMilli());
    assertEquals(VirtualTime.START, told.at());
    assertEquals(List.of("a" + stamped), handled);
  }

  @Test
  void timestampInAnotherUnit_isToldOncePerUnit() {
    for (int i = 1; i <= 6; i += 2) {
      receive(i, "a", NOW / 1_000);
      receive(i + 1, "b", NOW * 1_000);
    }
    assertEquals(List.of(1000.0, 0.001), factors());
    assertEquals(6, handled.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 86_400_000, Long.MAX_VALUE, Long.MIN_VALUE, 4_000_000_000_000L})
  void timestampThatIsOddInEveryUnit_isNotToldOf(long stamped) {
    receive(1, "a", stamped);
    assertEquals(List.of(), events);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 86_400_000, 157_680_000_000L, -157_680_000_000L})
  void timestampWithinYearsOfNow_isNotToldOf(long off) {
    receive(1, "a", NOW + off);
    assertEquals(List.of(), events);
  }
}
