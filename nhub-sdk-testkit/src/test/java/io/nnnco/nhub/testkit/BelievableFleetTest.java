package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a dashboard shows of a fleet could have been measured. */
final class BelievableFleetTest {
  private static List<List<JsonNode>> devices(DeviceModel model, Duration every, Duration time) {
    return new FieldRun(
            FieldRun.simulator(model, 10).every(every).transmissions(FieldRun.START, time))
        .byDevice().values().stream()
            .map(sent -> sent.stream().map(FieldRun::json).toList())
            .toList();
  }

  private static double largestStep(List<JsonNode> device, String channel) {
    double largest = 0;
    for (int i = 1; i < device.size(); i++) {
      double step =
          FieldRun.value(device.get(i), channel) - FieldRun.value(device.get(i - 1), channel);
      largest = Math.max(largest, Math.abs(step));
    }
    return largest;
  }

  private static boolean neverFalls(List<JsonNode> device, String channel) {
    List<Double> values = device.stream().map(m -> FieldRun.value(m, channel)).toList();
    return values.equals(values.stream().sorted().toList());
  }

  @Test
  void climate_fromMinuteToMinute_isContinuous() {
    for (List<JsonNode> device :
        devices(DeviceModel.CLIMATE, Duration.ofMinutes(1), Duration.ofDays(1))) {
      assertTrue(largestStep(device, "temperature") < 0.6);
      assertTrue(largestStep(device, "humidity") < 6);
    }
  }

  @Test
  void counters_ofAllDevices_neverFall() {
    Duration quarter = Duration.ofMinutes(15);
    for (List<JsonNode> device : devices(DeviceModel.WATER_METER, quarter, Duration.ofDays(7))) {
      assertTrue(neverFalls(device, "volume"));
    }
    for (List<JsonNode> device : devices(DeviceModel.DOOR, quarter, Duration.ofDays(7))) {
      assertTrue(neverFalls(device, "open_count"));
    }
  }

  @Test
  void battery_overAYear_fallsSlowly() {
    for (List<JsonNode> device :
        devices(DeviceModel.SOIL, Duration.ofDays(1), Duration.ofDays(365))) {
      double first = FieldRun.value(device.get(0), "battery");
      double last = FieldRun.value(device.get(device.size() - 1), "battery");

      assertTrue(first - last > 0.1 && first - last < 0.3 && last > 3, first + " to " + last);
      assertTrue(largestStep(device, "battery") < 0.02);
    }
  }

  @Test
  void gpsTracker_onItsWay_isAsFastAsItSays_andNotFasterThanACar() {
    for (Duration every : List.of(Duration.ofSeconds(10), Duration.ofMinutes(10))) {
      for (List<JsonNode> device :
          devices(DeviceModel.GPS_TRACKER, every, every.multipliedBy(300))) {
        for (int i = 1; i < device.size(); i++) {
          double hours = hours(device.get(i - 1), device.get(i));
          double speed = km(device.get(i - 1), device.get(i)) / hours;

          assertTrue(speed < 105, speed + " km/h");
          assertEquals(speed, FieldRun.value(device.get(i), "speed"), 0.5 + 0.003 / hours);
        }
      }
    }
  }

  private static double hours(JsonNode from, JsonNode to) {
    return (to.get("timestamp_ms").asLong() - from.get("timestamp_ms").asLong()) / 3_600_000.0;
  }

  private static double km(JsonNode from, JsonNode to) {
    double north =
        to.at("/location/latitude").asDouble() - from.at("/location/latitude").asDouble();
    double east =
        to.at("/location/longitude").asDouble() - from.at("/location/longitude").asDouble();
    double latitude = Math.toRadians(to.at("/location/latitude").asDouble());
    return 111.2 * Math.hypot(north, east * Math.cos(latitude));
  }

  @Test
  void signal_ofAFleet_goesFromStrongToWeak_andSnrWithRssi() {
    List<JsonNode> radios =
        FieldRun.of(FieldRun.simulator(300), 3).transmissions().stream()
            .map(sent -> FieldRun.json(sent).get("network_metadata"))
            .toList();

    assertTrue(rssi(radios).filter(rssi -> rssi > -95).count() > 20);
    assertTrue(rssi(radios).filter(rssi -> rssi < -110).count() > 100);
    assertTrue(rssi(radios).allMatch(rssi -> rssi >= -124 && rssi <= -40));
    assertTrue(snr(radios, -95, -40) > 7);
    assertTrue(snr(radios, -124, -118) < 0);
  }

  private static Stream<Integer> rssi(List<JsonNode> radios) {
    return radios.stream().map(radio -> radio.get("rssi").asInt());
  }

  private static double snr(List<JsonNode> radios, int from, int to) {
    return radios.stream()
        .filter(radio -> radio.get("rssi").asInt() >= from && radio.get("rssi").asInt() <= to)
        .mapToDouble(radio -> radio.get("snr").asDouble())
        .average()
        .orElseThrow();
  }

  @Test
  void devices_ofAFleet_doNotSendAtTheSameSecond() {
    assertTrue(
        FieldRun.of(FieldRun.simulator(600), 1).transmissions().stream()
                .map(sent -> sent.sentAt().getEpochSecond())
                .distinct()
                .count()
            > 55);
  }
}
