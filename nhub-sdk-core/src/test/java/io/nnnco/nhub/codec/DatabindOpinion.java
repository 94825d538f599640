package io.nnnco.nhub.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Payload;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.Uplink;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message to the tree that databind read from the same bytes: every field is there with its
 * value, and nothing else is. Each comparison takes its field out of the tree.
 */
final class DatabindOpinion {
  private DatabindOpinion() {}

  static void assertSame(ObjectNode tree, DeviceMessage message) {
    ObjectNode rest = tree.deepCopy();
    Map<String, JsonValue> unknown = new LinkedHashMap<>(message.unknownFields());
    assertText(rest.remove("device_id"), message.deviceId());
    BigDecimal timestamp = BigDecimal.valueOf(message.timestamp().toEpochMilli());
    assertEquals(0, timestamp.compareTo(rest.remove("timestamp_ms").decimalValue()));
    assertText("message_type", rest, message.messageType(), unknown);
    assertText("source", rest, message.source(), unknown);
    assertText("device_type", rest, message.deviceType(), unknown);
    if (message instanceof Uplink uplink) {
      assertUplink(rest, uplink, unknown);
    }
    assertFields(rest, unknown);
  }

  private static void assertUplink(ObjectNode rest, Uplink uplink, Map<String, JsonValue> unknown) {
    Payload payload = uplink.payload();
    assertText("raw_payload", rest, payload == null ? null : payload.text(), unknown);
    if (rest.get("readings") instanceof ArrayNode readings) {
      rest.remove("readings");
      assertReadings(readings, uplink.readings(), unknown.remove("readings"));
    } else {
      assertEquals(List.of(), uplink.readings());
      dropNull(rest, "readings");
    }
    if (rest.get("network_metadata") instanceof ObjectNode metadata) {
      rest.remove("network_metadata");
      assertMetadata(metadata, Objects.requireNonNull(uplink.networkMetadata()));
    } else {
      assertNull(uplink.networkMetadata());
      dropNull(rest, "network_metadata");
    }
    if (rest.get("location") instanceof ObjectNode location) {
      rest.remove("location");
      assertLocation(location, uplink.location(), unknown.remove("location"));
    } else {
      assertNull(uplink.location());
      dropNull(rest, "location");
    }
  }

  /** Each element is a reading, or one of the others, and both in their order. */
  private static void assertReadings(
      ArrayNode nodes, List<Reading> readings, @Nullable JsonValue others) {
    Iterator<Reading> reading = readings.iterator();
    Iterator<JsonValue> other =
        others == null
            ? Collections.emptyIterator()
            : assertInstanceOf(JsonArray.class, others).values().iterator();
    for (JsonNode node : nodes) {
      JsonNode channel = node.get("channel_id");
      if (channel != null && channel.isTextual() && !channel.textValue().isEmpty()) {
        assertReading((ObjectNode) node, reading.next());
      } else if (node instanceof ObjectNode object) {
        dropNull(object, "channel_id");
        dropNull(object, "unit");
        assertValue(object, other.next());
      } else {
        assertValue(node, other.next());
      }
    }
    assertFalse(reading.hasNext() || other.hasNext(), "more than was sent");
  }

  private static void assertReading(ObjectNode node, Reading reading) {
    Map<String, JsonValue> unknown = new LinkedHashMap<>(reading.unknownFields());
    assertText(node.remove("channel_id"), reading.channelId());
    assertValue(node.remove("value"), reading.value());
    assertText("unit", node, reading.unit(), unknown);
    assertFields(node, unknown);
  }

  private static void assertMetadata(ObjectNode rest, NetworkMetadata metadata) {
    Map<String, JsonValue> unknown = new LinkedHashMap<>(metadata.unknownFields());
    assertNumber("rssi", rest, metadata.rssi(), unknown);
    assertNumber("snr", rest, metadata.snr(), unknown);
    assertText("gateway_id", rest, metadata.gatewayId(), unknown);
    assertFields(rest, unknown);
  }

  /** With both coordinates it is a location; else what there is of it is kept with the unknown. */
  private static void assertLocation(
      ObjectNode rest, @Nullable Location location, @Nullable JsonValue part) {
    boolean whole = isDouble(rest.get("latitude")) && isDouble(rest.get("longitude"));
    assertEquals(whole, location != null, "a location");
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (location != null) {
      assertNull(part);
      fields.putAll(location.unknownFields());
    } else if (part != null) {
      fields.putAll(assertInstanceOf(JsonObject.class, part).fields());
    }
    for (String name : List.of("latitude", "longitude")) {
      Double typed =
          location == null
              ? null
              : name.equals("latitude") ? location.latitude() : location.longitude();
      if (!whole && isDouble(rest.get(name))) {
        typed = number(fields.remove(name));
      }
      assertNumber(name, rest, typed, fields);
    }
    assertFields(rest, fields);
  }

  private static @Nullable Double number(@Nullable JsonValue value) {
    return value == null ? null : assertInstanceOf(JsonNumber.class, value).value().doubleValue();
  }

  private static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull();
  }

  private static boolean isDouble(@Nullable JsonNode node) {
    return node != null && node.isNumber() && Double.isFinite(node.doubleValue());
  }

  private static void dropNull(ObjectNode rest, String name) {
    if (isAbsent(rest.get(name))) {
      rest.remove(name);
    }
  }

  private static void assertText(@Nullable JsonNode node, @Nullable String text) {
    assertEquals(isAbsent(node) ? null : Objects.requireNonNull(node).textValue(), text);
  }

  /** What is of another type is left in the tree, for it is to be with the unknown fields. */
  private static void assertText(
      String name, ObjectNode rest, @Nullable String text, Map<String, JsonValue> unknown) {
    if (isAbsent(rest.get(name)) || rest.get(name).isTextual()) {
      assertFalse(unknown.containsKey(name));
      assertText(rest.remove(name), text);
    } else {
      assertNull(text);
    }
  }

  /** Zero has a sign as a double, and none as databind's decimal. */
  private static void assertNumber(
      String name, ObjectNode rest, @Nullable Double number, Map<String, JsonValue> unknown) {
    if (isAbsent(rest.get(name)) || isDouble(rest.get(name))) {
      assertFalse(unknown.containsKey(name));
      JsonNode node = rest.remove(name);
      assertEquals(
          isAbsent(node) ? null : Objects.requireNonNull(node).doubleValue(),
          number == null ? null : number + 0.0);
    } else {
      assertNull(number);
    }
  }

  private static void assertFields(ObjectNode node, Map<String, JsonValue> fields) {
    assertEquals(node.size(), fields.size(), "how many other fields");
    fields.forEach((name, value) -> assertValue(node.get(name), value));
  }

  private static void assertValue(@Nullable JsonNode node, JsonValue value) {
    if (node == null || value instanceof JsonNull) {
      assertEquals(isAbsent(node), value instanceof JsonNull);
    } else if (value instanceof JsonNumber number) {
      assertEquals(node.decimalValue(), number.value());
    } else if (value instanceof JsonString string) {
      assertEquals(node.textValue(), string.value());
    } else if (value instanceof JsonBoolean flag) {
      assertEquals(node.isBoolean() ? node.booleanValue() : null, flag.value());
    } else if (value instanceof JsonArray array) {
      assertEquals(node.isArray() ? node.size() : -1, array.values().size());
      for (int i = 0; i < node.size(); i++) {
        assertValue(node.get(i), array.values().get(i));
      }
    } else if (value instanceof JsonObject object) {
      assertFields(assertInstanceOf(ObjectNode.class, node), object.fields());
    }
  }
}
