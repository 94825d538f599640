package io.nnnco.nhub.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.Transmission.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run of a simulated fleet, and what there is to count in it. Each device sends each minute.
 *
 * @param transmissions all of it
 */
record FieldRun(List<Transmission> transmissions) {
  static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
  static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A simulator of all models. */
  static DeviceSimulatorBuilder simulator(int devices) {
    return simulator().devices(devices);
  }

  static DeviceSimulatorBuilder simulator(DeviceModel model, int devices) {
    return simulator().devices(model, devices);
  }

  private static DeviceSimulatorBuilder simulator() {
    return new DeviceSimulatorBuilder("nnn.acme", VirtualClock.at(START), m -> {}, s -> {})
        .every(INTERVAL)
        .seed(11);
  }

  static Duration intervals(int count) {
    return INTERVAL.multipliedBy(count);
  }

  /** A run with one phenomenon alone. */
  static FieldRun of(Phenomenon phenomenon, double share, int devices, int intervals) {
    return of(simulator(devices).with(phenomenon, share), intervals);
  }

  static FieldRun of(DeviceSimulatorBuilder simulator, int intervals) {
    return new FieldRun(simulator.transmissions(START, intervals(intervals)));
  }

  FieldRun only(MessageKind kind) {
    return new FieldRun(transmissions.stream().filter(sent -> sent.kind() == kind).toList());
  }

  double share(Predicate<Transmission> of) {
    return (double) transmissions.stream().filter(of).count() / transmissions.size();
  }

  double share(Transmission.Fate fate) {
    return share(sent -> sent.fate() == fate);
  }

  double shareOfMessages(Predicate<JsonNode> of) {
    return share(sent -> of.test(json(sent)));
  }

  Map<String, List<Transmission>> byDevice() {
    return transmissions.stream().collect(Collectors.groupingBy(Transmission::deviceId));
  }

  double shareOfDevices(Predicate<List<Transmission>> of) {
    return (double) byDevice().values().stream().filter(of).count() / byDevice().size();
  }

  /** All arrivals up to the end in their order, as a subscriber gets them. */
  List<Arrival> arrivals(Instant upTo) {
    return transmissions.stream()
        .flatMap(sent -> sent.arrivals().stream())
        .filter(arrival -> !arrival.at().isAfter(upTo))
        .sorted(Comparator.comparing(Arrival::at))
        .toList();
  }

  /** Which share of the arrivals of each device is older than the one before. */
  double shareOutOfOrder() {
    List<Transmission> inOrder =
        transmissions.stream()
            .filter(sent -> !sent.arrivals().isEmpty())
            .sorted(Comparator.comparing(sent -> sent.arrivals().get(0).at()))
            .toList();
    int late = 0;
    for (List<Transmission> device : new FieldRun(inOrder).byDevice().values()) {
      for (int i = 1; i < device.size(); i++) {
        late += device.get(i).sentAt().isBefore(device.get(i - 1).sentAt()) ? 1 : 0;
      }
    }
    return (double) late / inOrder.size();
  }

  static JsonNode json(Transmission sent) {
    return json(sent.arrivals().get(0).message());
  }

  static JsonNode json(FakeMessage message) {
    try {
      String text = message.toString();
      return JSON.readTree(text.substring(text.indexOf('{')));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the device takes for the time. */
  static Instant shown(Transmission sent) {
    Object millis = sent.arrivals().get(0).message().fields().get("timestamp_ms");
    return Instant.ofEpochMilli(((Number) Objects.requireNonNull(millis)).longValue());
  }

  /** What the device takes for the time, less the time. */
  static Duration skew(Transmission sent) {
    return Duration.between(sent.sentAt().truncatedTo(ChronoUnit.MILLIS), shown(sent));
  }

  /** A value of a channel; not a number if it has none. */
  static double value(JsonNode message, String channel) {
    for (JsonNode reading : message.path("readings")) {
      if (reading.path("channel_id").asText().equals(channel)) {
        return reading.path("value").asDouble(Double.NaN);
      }
    }
    return Double.NaN;
  }
}
