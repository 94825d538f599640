package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.message.MessageKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device sends adds up over its life. */
final class SimulatedLivesTest {
  private static List<Transmission> onlyDevice(DeviceSimulatorBuilder simulator, Duration time) {
    return simulator.transmissions(FieldRun.START, time);
  }

  @Test
  void gpsTracker_thatSendsAThousandTimesASecond_drives() {
    double speed =
        onlyDevice(
                FieldRun.simulator(DeviceModel.GPS_TRACKER, 1).every(Duration.ofNanos(900_000)),
                Duration.ofSeconds(1))
            .stream()
            .mapToDouble(sent -> FieldRun.value(FieldRun.json(sent), "speed"))
            .average()
            .orElseThrow();

    assertEquals(35, speed, 15);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 120, 900})
  void door_ofAnyInterval_isOpenedAsOftenInADay(int seconds) {
    List<Transmission> sent =
        onlyDevice(
            FieldRun.simulator(DeviceModel.DOOR, 1).every(Duration.ofSeconds(seconds)),
            Duration.ofDays(2));
    double first = FieldRun.value(FieldRun.json(sent.get(0)), "open_count");
    double last = FieldRun.value(FieldRun.json(sent.get(sent.size() - 1)), "open_count");

    assertEquals(130, last - first, 40);
  }

  @Test
  void door_thatIsOpen_hasBeenCounted() {
    double count = Double.NaN;
    boolean open = true;
    for (Transmission sent :
        onlyDevice(
            FieldRun.simulator(DeviceModel.DOOR, 1).every(Duration.ofSeconds(10)),
            Duration.ofDays(1))) {
      JsonNode message = FieldRun.json(sent);
      double counted = FieldRun.value(message, "open_count");
      boolean now = message.at("/readings/0/value").asBoolean();
      if (now && !open) {
        assertTrue(counted > count, sent::toString);
      }
      open = now;
      count = counted;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 900})
  void rawPayload_hasTheReadings(int intervals) {
    for (Transmission sent : FieldRun.of(FieldRun.simulator(20), intervals).transmissions()) {
      JsonNode message = FieldRun.json(sent);
      String raw = message.get("raw_payload").asText().substring(2);
      for (int i = 0; i < message.get("readings").size(); i++) {
        JsonNode value = message.get("readings").get(i).get("value");
        int packed = Integer.parseUnsignedInt(raw.substring(8 * i, 8 * i + 8), 16);
        double expected = value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble();
        assertEquals(expected, packed / 1_000.0, 0.000_6, sent::toString);
      }
    }
  }

  @Test
  void silence_thatNoTurnFallsInto_endsWithAJoin() {
    VirtualClock clock = VirtualClock.at(FieldRun.START);
    List<FakeMessage> published = new ArrayList<>();
    DeviceSimulatorBuilder simulator =
        new DeviceSimulatorBuilder("nnn.acme", clock, published::add, started -> {})
            .devices(DeviceModel.SOIL, 1)
            .every(FieldRun.INTERVAL)
            .with(Phenomenon.SILENCE, 0.3);
    try (DeviceSimulator running = simulator.start()) {
      running.rate(1 / 6_000.0); // now each silence lasts shorter than an interval
      clock.advance(FieldRun.intervals(10_000));
    }
    List<Silence> silences = simulator.silences(FieldRun.START, FieldRun.intervals(10_000));
    Instant last = FieldRun.START;
    int joins = 0;
    for (FakeMessage message : published) {
      Instant before = last;
      last = time(message);
      boolean wasOff =
          silences.stream().anyMatch(s -> s.from().isBefore(time(message)) && endsAfter(s, before));
      boolean isJoin = FieldRun.json(message).get("message_type").asText().equals("join");
      if (!last.equals(before)) { // not the uplink right after its join
        assertEquals(wasOff, isJoin, message::toString);
      }
      joins += isJoin ? 1 : 0;
    }
    assertTrue(joins > 40, joins + " joins");
  }

  private static Instant time(FakeMessage message) {
    return Instant.ofEpochMilli(FieldRun.json(message).get("timestamp_ms").asLong());
  }

  private static boolean endsAfter(Silence silence, Instant time) {
    Instant until = silence.until();
    return until == null || until.isAfter(time);
  }

  @Test
  void join_thatIsLost_isRepeatedUntilItIsHeard_andNothingIsSentBefore() {
    FieldRun run =
        FieldRun.of(
            FieldRun.simulator(100)
                .joins()
                .outage(Duration.ZERO, FieldRun.intervals(5))
                .with(Phenomenon.LOSS, 0.2),
            60);
    for (List<Transmission> device : run.byDevice().values()) {
      List<Transmission> heard = device.stream().filter(s -> !s.arrivals().isEmpty()).toList();
      if (!heard.isEmpty()) {
        assertEquals(MessageKind.JOIN, heard.get(0).kind());
        assertTrue(
            device.subList(0, device.indexOf(heard.get(0))).stream()
                .allMatch(sent -> sent.kind() == MessageKind.JOIN));
      }
    }
    assertTrue(run.byDevice().values().stream().allMatch(device -> device.size() > 50));
  }

  @Test
  void preview_beforeDevicesAreAdded_addsNone() {
    DeviceSimulatorBuilder simulator =
        new DeviceSimulatorBuilder("nnn.acme", VirtualClock.at(FieldRun.START), m -> {}, s -> {});

    assertEquals(5, simulator.preview(FieldRun.START, Duration.ofSeconds(10)).size(), 1);
    try (DeviceSimulator running = simulator.devices(3).start()) {
      assertEquals(3, running.devices());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P36601D", "PT9223372036854775807S"})
  void time_thatIsNoneOrTooLong_isRefused(String text) {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(1);
    Duration time = Duration.parse(text);

    String expected = "A time of zero to a hundred years is needed, not " + time + ".";
    for (Executable use :
        List.<Executable>of(
            () -> simulator.preview(FieldRun.START, time),
            () -> simulator.transmissions(FieldRun.START, time),
            () -> simulator.silences(FieldRun.START, time),
            () -> simulator.outage(time, Duration.ofSeconds(1)),
            () -> simulator.outage(Duration.ZERO, time))) {
      assertEquals(expected, assertThrows(IllegalArgumentException.class, use).getMessage());
    }
    assertThrows(
        IllegalArgumentException.class, () -> simulator.outage(Duration.ZERO, Duration.ZERO));
  }
}
