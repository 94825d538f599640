package io.nnnco.nhub.codec;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
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
final class UplinkReader implements KindReader {
  private final JsonCursor json;
  private int seen;
  private List<Reading> readings = List.of();
  private @Nullable NetworkMetadata networkMetadata;
  private @Nullable Location location;
  private @Nullable JsonObject partialLocation;
  private @Nullable JsonArray otherReadings;
  private @Nullable Payload payload;

  UplinkReader(JsonCursor json) {
    this.json = json;
  }

  @Override
  public boolean read(String name) {
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

  @Override
  public Uplink message(
      EnvelopeReader envelope, String deviceId, Instant timestamp, Map<String, JsonValue> unknown) {
    Map<String, JsonValue> fields = unknown;
    if (partialLocation != null || otherReadings != null) {
      fields = new LinkedHashMap<>(unknown);
      if (otherReadings != null) {
        fields.put("readings", otherReadings);
      }
      if (partialLocation != null) {
        fields.put("location", partialLocation);
      }
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
    List<JsonValue> others = List.of();
    while (json.nextElement()) {
      boolean object = json.enterObject();
      if (list.size() + others.size() == MessageDecoder.MAX_READINGS) {
        throw json.error("there are more than " + MessageDecoder.MAX_READINGS + " readings");
      }
      JsonValue other = object ? reading(list) : json.takeOdd();
      if (other != null) {
        others = others.isEmpty() ? new ArrayList<>() : others;
        others.add(other);
      }
    }
    otherReadings = others.isEmpty() ? null : new JsonArray(others);
    return list;
  }

  /** Adds a reading to the list, or returns the value that has no channel instead. */
  private @Nullable JsonObject reading(List<Reading> list) {
    int fields = 0;
    String channelId = null;
    JsonValue value = JsonCursor.NULL;
    String unit = null;
    Map<String, JsonValue> unknown = Map.of();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "channel_id" -> {
          fields = json.once(fields, 1);
          channelId = json.text();
          unknown = json.keepOdd(name, unknown);
        }
        case "value" -> {
          fields = json.once(fields, 2);
          value = json.value();
        }
        case "unit" -> {
          fields = json.once(fields, 4);
          unit = json.text();
          unknown = json.keepOdd(name, unknown);
        }
        default -> unknown = json.keep(name, unknown);
      }
    }
    if (channelId == null || channelId.isEmpty()) {
      return withoutChannel(channelId, (fields & 2) == 0 ? null : value, unit, unknown);
    }
    list.add(new Reading(channelId, value, unit, unknown));
    return null;
  }

  private static JsonObject withoutChannel(
      @Nullable String channelId,
      @Nullable JsonValue value,
      @Nullable String unit,
      Map<String, JsonValue> unknown) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (channelId != null) {
      fields.put("channel_id", new JsonString(channelId));
    }
    if (value != null) {
      fields.put("value", value);
    }
    if (unit != null) {
      fields.put("unit", new JsonString(unit));
    }
    fields.putAll(unknown);
    return new JsonObject(fields);
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
          unknown = json.keepOdd(name, unknown);
        }
        case "snr" -> {
          fields = json.once(fields, 2);
          snr = json.number();
          unknown = json.keepOdd(name, unknown);
        }
        case "gateway_id" -> {
          fields = json.once(fields, 4);
          gatewayId = json.text();
          unknown = json.keepOdd(name, unknown);
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
          unknown = json.keepOdd(name, unknown);
        }
        case "longitude" -> {
          fields = json.once(fields, 2);
          longitude = json.number();
          unknown = json.keepOdd(name, unknown);
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
