package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Payload;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that an uplink adds to the envelope. */
final class UplinkReader {
  private final JsonCursor json;
  private int seen;
  private List<Reading> readings = List.of();
  private @Nullable NetworkMetadata networkMetadata;
  private @Nullable Location location;
  private @Nullable JsonObject partialLocation;
  private @Nullable Payload payload;

  UplinkReader(JsonCursor json) {
    this.json = json;
  }

  /** Reads the field if it is one of an uplink's, and says whether it was. */
  boolean read(String name) {
    switch (name) {
      case "readings" -> {
        seen = json.once(seen, 1);
        readings = readings();
      }
      case "network_metadata" -> {
        seen = json.once(seen, 2);
        networkMetadata = json.enterObject() ? networkMetadata() : null;
      }
      case "location" -> {
        seen = json.once(seen, 4);
        location = json.enterObject() ? location() : null;
      }
      case "raw_payload" -> {
        seen = json.once(seen, 8);
        String text = json.text();
        payload = text == null ? null : Payload.of(text);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  Uplink uplink(
      EnvelopeReader envelope, String deviceId, Instant timestamp, Map<String, JsonValue> unknown) {
    Map<String, JsonValue> fields = unknown;
    if (partialLocation != null) {
      fields = new LinkedHashMap<>(unknown);
      fields.put("location", partialLocation);
    }
    return new Uplink(
        deviceId,
        timestamp,
        envelope.messageType,
        envelope.source,
        envelope.deviceType,
        readings,
        networkMetadata,
        location,
        payload,
        fields);
  }

  private List<Reading> readings() {
    if (!json.enterArray()) {
      return List.of();
    }
    List<Reading> list = new ArrayList<>(4);
    while (json.nextObject()) {
      if (list.size() == MessageDecoder.MAX_READINGS) {
        throw json.error("there are more than " + MessageDecoder.MAX_READINGS + " readings");
      }
      list.add(reading());
    }
    return list;
  }

  private Reading reading() {
    int fields = 0;
    String channelId = null;
    JsonValue value = JsonCursor.NULL;
    String unit = null;
    Map<String, JsonValue> unknown = Map.of();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "channel_id" -> {
          fields = json.once(fields, 1);
          channelId = json.id();
        }
        case "value" -> {
          fields = json.once(fields, 2);
          value = json.value();
        }
        case "unit" -> {
          fields = json.once(fields, 4);
          unit = json.text();
        }
        default -> unknown = json.keep(name, unknown);
      }
    }
    return new Reading(json.require("channel_id", channelId), value, unit, unknown);
  }

  private NetworkMetadata networkMetadata() {
    int fields = 0;
    Double rssi = null;
    Double snr = null;
    String gatewayId = null;
    Map<String, JsonValue> unknown = Map.of();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "rssi" -> {
          fields = json.once(fields, 1);
          rssi = json.number();
        }
        case "snr" -> {
          fields = json.once(fields, 2);
          snr = json.number();
        }
        case "gateway_id" -> {
          fields = json.once(fields, 4);
          gatewayId = json.text();
        }
        default -> unknown = json.keep(name, unknown);
      }
    }
    return new NetworkMetadata(rssi, snr, gatewayId, unknown);
  }

  private @Nullable Location location() {
    int fields = 0;
    Double latitude = null;
    Double longitude = null;
    Map<String, JsonValue> unknown = Map.of();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "latitude" -> {
          fields = json.once(fields, 1);
          latitude = json.number();
        }
        case "longitude" -> {
          fields = json.once(fields, 2);
          longitude = json.number();
        }
        default -> unknown = json.keep(name, unknown);
      }
    }
    if (latitude != null && longitude != null) {
      return new Location(latitude, longitude, unknown);
    }
    keepPart("latitude", latitude, "longitude", longitude, unknown);
    return null;
  }

  private void keepPart(
      String name,
      @Nullable Double value,
      String otherName,
      @Nullable Double otherValue,
      Map<String, JsonValue> unknown) {
    Map<String, JsonValue> part = new LinkedHashMap<>();
    if (value != null) {
      part.put(name, new JsonNumber(BigDecimal.valueOf(value)));
    }
    if (otherValue != null) {
      part.put(otherName, new JsonNumber(BigDecimal.valueOf(otherValue)));
    }
    part.putAll(unknown);
    partialLocation = part.isEmpty() ? null : new JsonObject(part);
  }
}
