package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.message.MessageKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Silence, batteries, clocks and habits of devices, measured against what was asked for. */
final class PhenomenaOfDevicesTest {
  private static final int INTERVALS = 400;
  private static final Instant END = FieldRun.START.plus(FieldRun.intervals(INTERVALS));

  private static List<Silence> silences(DeviceSimulatorBuilder simulator) {
    return simulator.silences(FieldRun.START, FieldRun.intervals(INTERVALS));
  }

  private static Instant until(Silence silence) {
    Instant until = silence.until();
    return until == null || until.isAfter(END) ? END : until;
  }

  @Test
  void silence_ofTheTime_isTheShare() {
    List<Silence> silences = silences(FieldRun.simulator(100).with(Phenomenon.SILENCE, 0.1));
    double silent =
        silences.stream().mapToLong(s -> Duration.between(s.from(), until(s)).toMillis()).sum();

    assertEquals(0.1, silent / (100L * FieldRun.intervals(INTERVALS).toMillis()), 0.01);
    assertTrue(silences.stream().noneMatch(silence -> silence.until() == null));
  }

  @Test
  void silence_ofADevice_isWithoutTransmissions_andEndsWithAJoin() {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(100).with(Phenomenon.SILENCE, 0.1);
    Map<String, List<Transmission>> byDevice = FieldRun.of(simulator, INTERVALS).byDevice();
    int joins = 0;
    for (Silence silence : silences(simulator)) {
      List<Transmission> sent = byDevice.getOrDefault(silence.deviceId(), List.of());
      assertTrue(
          sent.stream()
              .noneMatch(
                  t ->
                      !t.sentAt().isBefore(silence.from()) && t.sentAt().isBefore(until(silence))));
      List<Transmission> afterwards =
          sent.stream().filter(t -> !t.sentAt().isBefore(until(silence))).toList();
      if (!afterwards.isEmpty()) {
        assertEquals(MessageKind.JOIN, afterwards.get(0).kind());
        joins++;
      }
    }

    assertTrue(joins > 100, joins + " joins");
    assertEquals(
        joins,
        byDevice.values().stream()
            .flatMap(List::stream)
            .filter(sent -> sent.kind() == MessageKind.JOIN)
            .count());
  }

  @Test
  void silence_ofAllTheTime_isOneSilence() {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(3).with(Phenomenon.SILENCE, 1);

    assertEquals(3, silences(simulator).size());
    assertEquals(List.of(), FieldRun.of(simulator, INTERVALS).transmissions());
  }

  @Test
  void weakBatteries_ofDevices_fallUntilTheDeviceIsSilent() {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(100).with(Phenomenon.WEAK_BATTERIES, 0.3);
    Map<String, List<Transmission>> byDevice = FieldRun.of(simulator, 1_250).byDevice();
    List<Silence> silences = simulator.silences(FieldRun.START, FieldRun.intervals(1_250));

    assertEquals(0.3, silences.size() / 100.0, 0.1);
    assertEquals(0.5, forGood(silences) / silences.size(), 0.2);
    for (Silence silence : silences) {
      List<Transmission> before =
          byDevice.getOrDefault(silence.deviceId(), List.of()).stream()
              .filter(sent -> sent.sentAt().isBefore(silence.from()))
              .toList();
      if (before.size() > 50) {
        double last = FieldRun.value(FieldRun.json(before.get(before.size() - 1)), "battery");
        assertTrue(last < 2.4, silence + " at " + last + " V");
      }
    }
  }

  private static double forGood(List<Silence> silences) {
    return silences.stream().filter(silence -> silence.until() == null).count();
  }

  @Test
  void weakBatteries_thatAreReplaced_areFullAfterAJoin() {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(20).with(Phenomenon.WEAK_BATTERIES, 1);
    Map<String, List<Transmission>> byDevice = FieldRun.of(simulator, 1_300).byDevice();
    Silence replaced =
        simulator.silences(FieldRun.START, FieldRun.intervals(1_000)).stream()
            .filter(silence -> silence.until() != null)
            .findFirst()
            .orElseThrow();
    List<Transmission> afterwards =
        byDevice.getOrDefault(replaced.deviceId(), List.of()).stream()
            .filter(sent -> sent.sentAt().isAfter(replaced.from()))
            .toList();

    assertEquals(MessageKind.JOIN, afterwards.get(0).kind());
    assertTrue(FieldRun.value(FieldRun.json(afterwards.get(1)), "battery") > 3.6);
  }

  @Test
  void clockOffsets_ofDevices_areTheShare_andDoNotChange() {
    FieldRun run = FieldRun.of(Phenomenon.CLOCK_OFFSETS, 0.3, 300, 5);

    assertEquals(
        0.3,
        run.shareOfDevices(
            device -> FieldRun.skew(device.get(0)).abs().compareTo(Duration.ofSeconds(2)) >= 0),
        0.05);
    for (List<Transmission> device : run.byDevice().values()) {
      Set<Long> skews =
          device.stream().map(sent -> FieldRun.skew(sent).toSeconds()).collect(Collectors.toSet());
      assertTrue(skews.size() <= 2 && skews.stream().allMatch(s -> Math.abs(s) <= 21_600));
    }
    assertTrue(run.share(sent -> FieldRun.skew(sent).isNegative()) > 0.1);
  }

  @Test
  void clockDrift_ofDevices_isTheShare_andGrows() {
    FieldRun run = FieldRun.of(Phenomenon.CLOCK_DRIFT, 0.3, 300, 121);

    assertEquals(0.3, run.shareOfDevices(device -> !drift(device, 120).isZero()), 0.06);
    for (List<Transmission> device : run.byDevice().values()) {
      assertTrue(drift(device, 0).toMillis() <= 17);
      assertTrue(drift(device, 119).toMillis() <= 2_020);
      long half = drift(device, 60).toMillis();
      assertTrue(Math.abs(2 * half - drift(device, 119).toMillis()) < 100);
    }
  }

  private static Duration drift(List<Transmission> device, int number) {
    return FieldRun.skew(device.get(Math.min(number, device.size() - 1))).abs();
  }

  @Test
  void clockResets_ofDevices_areTheShare_withAJoin_andAreCorrected() {
    FieldRun run = FieldRun.of(Phenomenon.CLOCK_RESETS, 0.3, 100, 600);

    assertEquals(0.3, run.shareOfDevices(d -> d.stream().anyMatch(s -> year(s) < 2_026)), 0.1);
    assertEquals(
        Set.of(1_970, 2_000, 2_026),
        run.transmissions().stream().map(PhenomenaOfDevicesTest::year).collect(Collectors.toSet()));
    for (List<Transmission> device : run.byDevice().values()) {
      List<Transmission> wrong = device.stream().filter(s -> year(s) < 2_026).toList();
      if (!wrong.isEmpty()) {
        assertEquals(MessageKind.JOIN, wrong.get(0).kind());
        assertTrue(wrong.size() >= 4 && wrong.size() <= 58, wrong.size() + " uplinks");
        assertEquals(2_026, year(device.get(device.size() - 1)));
      }
    }
  }

  private static int year(Transmission sent) {
    return FieldRun.shown(sent).atOffset(ZoneOffset.UTC).getYear();
  }

  @Test
  void downlinks_ofUplinks_areTheShare_besideThem() {
    FieldRun run = FieldRun.of(Phenomenon.DOWNLINKS, 0.1, 100, 200);
    double uplinks = run.only(MessageKind.UPLINK).transmissions().size();
    List<Transmission> downlinks = run.only(MessageKind.DOWNLINK).transmissions();

    assertEquals(0.1, downlinks.size() / uplinks, 0.006);
    JsonNode message = FieldRun.json(downlinks.get(0));
    assertEquals("downlink", message.get("message_type").asText());
    assertNull(message.get("readings"));
    assertNotNull(message.get("timestamp_ms"));
  }

  @Test
  void dailyRhythm_ofDoors_isNineToOne_andOfOthersNone() {
    FieldRun doors = rhythm(DeviceModel.DOOR, 1);

    assertEquals(9, byDay(doors) / (1 - byDay(doors)), 0.6);
    assertEquals(0.5, byDay(rhythm(DeviceModel.DOOR, 0)), 0.01);
    assertEquals(0.5, byDay(rhythm(DeviceModel.CLIMATE, 1)), 0.01);
    assertEquals(20 * 1_440, doors.transmissions().size(), 1_500);
  }

  private static FieldRun rhythm(DeviceModel model, double share) {
    return FieldRun.of(FieldRun.simulator(model, 20).with(Phenomenon.DAILY_RHYTHM, share), 24 * 60);
  }

  /** From 7 to 19 hours by the sun in Sydney. */
  private static double byDay(FieldRun run) {
    return run.share(
        sent -> {
          double hour = sent.sentAt().getEpochSecond() % 86_400 / 3_600.0 + 151.2 / 15;
          return hour % 24 >= 7 && hour % 24 < 19;
        });
  }

  @Test
  void unknownFields_ofDevices_areTheShare_andAlwaysThere() {
    FieldRun run = FieldRun.of(Phenomenon.UNKNOWN_FIELDS, 0.3, 300, 3);

    assertEquals(
        0.3,
        run.shareOfDevices(d -> d.stream().allMatch(s -> FieldRun.json(s).has("firmware"))),
        0.06);
    assertEquals(
        run.shareOfDevices(d -> d.stream().anyMatch(s -> FieldRun.json(s).has("frame_counter"))),
        run.shareOfDevices(
            d -> d.stream().allMatch(s -> FieldRun.value(FieldRun.json(s), "rx_window") > 0)));
  }
}
