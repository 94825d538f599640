package io.nnnco.nhub.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Payload;
import io.nnnco.nhub.message.Reading;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message to the tree that databind read from the same bytes: every field is there with its
 * value, and nothing else is. Each comparison takes its field out of the tree.
 */
final class DatabindOpinion {
  private DatabindOpinion() {}

  static void assertSame(ObjectNode tree, DeviceMessage message) {
    ObjectNode rest = tree.deepCopy();
    assertText(rest.remove("device_id"), message.deviceId());
    BigDecimal timestamp = BigDecimal.valueOf(message.timestamp().toEpochMilli());
    assertEquals(0, timestamp.compareTo(rest.remove("timestamp_ms").decimalValue()));
    assertText(rest.remove("message_type"), message.messageType());
    Map<String, JsonValue> unknown = new LinkedHashMap<>(message.unknownFields());
    if (message instanceof Uplink uplink) {
      assertText(rest.remove("source"), uplink.source());
      assertText(rest.remove("device_type"), uplink.deviceType());
      assertUplink(rest, uplink, unknown.remove("location"));
    } else {
      assertText(rest.remove("source"), source(message));
      assertText(rest.remove("device_type"), deviceType(message));
    }
    assertFields(rest, unknown);
  }

  private static @Nullable String source(DeviceMessage message) {
    return message instanceof Downlink downlink
        ? downlink.source()
        : message instanceof Join join ? join.source() : ((UnknownMessage) message).source();
  }

  private static @Nullable String deviceType(DeviceMessage message) {
    return message instanceof Downlink downlink
        ? downlink.deviceType()
        : message instanceof Join join
            ? join.deviceType()
            : ((UnknownMessage) message).deviceType();
  }

  private static void assertUplink(ObjectNode rest, Uplink uplink, @Nullable JsonValue part) {
    JsonNode readings = rest.remove("readings");
    assertEquals(readings == null ? 0 : readings.size(), uplink.readings().size());
    for (int i = 0; i < uplink.readings().size(); i++) {
      assertReading((ObjectNode) readings.get(i), uplink.readings().get(i));
    }
    assertMetadata(rest.remove("network_metadata"), uplink.networkMetadata());
    assertLocation(rest.remove("location"), uplink.location(), part);
    Payload payload = uplink.payload();
    assertText(rest.remove("raw_payload"), payload == null ? null : payload.text());
  }

  private static void assertReading(ObjectNode node, Reading reading) {
    assertText(node.remove("channel_id"), reading.channelId());
    assertValue(node.remove("value"), reading.value());
    assertText(node.remove("unit"), reading.unit());
    assertFields(node, reading.unknownFields());
  }

  private static void assertMetadata(@Nullable JsonNode node, @Nullable NetworkMetadata metadata) {
    if (!(node instanceof ObjectNode rest)) {
      assertNull(metadata);
      return;
    }
    assertNotNull(metadata);
    assertNumber(rest.remove("rssi"), metadata.rssi());
    assertNumber(rest.remove("snr"), metadata.snr());
    assertText(rest.remove("gateway_id"), metadata.gatewayId());
    assertFields(rest, metadata.unknownFields());
  }

  /** With both coordinates it is a location; else what there is of it is kept with the unknown. */
  private static void assertLocation(
      @Nullable JsonNode node, @Nullable Location location, @Nullable JsonValue part) {
    if (!(node instanceof ObjectNode rest)) {
      assertNull(location);
      assertNull(part);
      return;
    }
    JsonNode latitude = rest.remove("latitude");
    JsonNode longitude = rest.remove("longitude");
    if (location != null) {
      assertNull(part);
      assertNumber(latitude, location.latitude());
      assertNumber(longitude, location.longitude());
      assertFields(rest, location.unknownFields());
      return;
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (part != null) {
      fields.putAll(assertInstanceOf(JsonObject.class, part).fields());
    }
    assertNumber(latitude, number(fields.remove("latitude")));
    assertNumber(longitude, number(fields.remove("longitude")));
    assertEquals(true, isAbsent(latitude) || isAbsent(longitude), "a location was lost");
    assertFields(rest, fields);
  }

  private static @Nullable Double number(@Nullable JsonValue value) {
    return value == null ? null : assertInstanceOf(JsonNumber.class, value).value().doubleValue();
  }

  private static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull();
  }

  private static <T> @Nullable T orNull(@Nullable JsonNode node, Function<JsonNode, T> read) {
    return node == null || node.isNull() ? null : read.apply(node);
  }

  private static void assertText(@Nullable JsonNode node, @Nullable String text) {
    assertEquals(orNull(node, JsonNode::textValue), text);
  }

  /** Zero has a sign as a double, and none as databind's decimal. */
  private static void assertNumber(@Nullable JsonNode node, @Nullable Double number) {
    assertEquals(orNull(node, JsonNode::doubleValue), number == null ? null : number + 0.0);
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
