package io.nnnco.nhub.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Payload;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records of this SDK, by databind's tree, with fewer checks than its own decoder has. */
final class JacksonUplinks {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JacksonUplinks() {}

  static Uplink read(byte[] payload) {
    try {
      JsonNode json = MAPPER.readTree(payload);
      return new Uplink(
          json.get("device_id").textValue(),
          Instant.ofEpochMilli(json.get("timestamp_ms").longValue()),
          json.get("message_type").textValue(),
          json.get("source").textValue(),
          json.get("device_type").textValue(),
          readings(json.get("readings")),
          network(json.get("network_metadata")),
          location(json.get("location")),
          Payload.of(json.get("raw_payload").textValue()),
          Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Reading> readings(JsonNode json) {
    List<Reading> readings = new ArrayList<>(json.size());
    for (JsonNode reading : json) {
      readings.add(
          new Reading(
              reading.get("channel_id").textValue(),
              new JsonNumber(reading.get("value").decimalValue()),
              reading.get("unit").textValue(),
              Map.of()));
    }
    return readings;
  }

  private static NetworkMetadata network(JsonNode json) {
    return new NetworkMetadata(
        json.get("rssi").doubleValue(),
        json.get("snr").doubleValue(),
        json.get("gateway_id").textValue(),
        Map.of());
  }

  private static Location location(JsonNode json) {
    return new Location(
        json.get("latitude").doubleValue(), json.get("longitude").doubleValue(), Map.of());
  }
}
