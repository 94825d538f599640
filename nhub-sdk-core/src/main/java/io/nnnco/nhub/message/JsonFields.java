package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as the JSON object it was read from: its own fields first, without those that are null,
 * then the unknown ones.
 */
final class JsonFields {
  /** Beyond it, doubles have no fraction, and as a whole number they would pretend to digits. */
  private static final double LARGEST_WHOLE = 1e15;

  private final Map<String, JsonValue> fields = new LinkedHashMap<>();

  JsonFields value(String name, @Nullable JsonValue value) {
    if (value != null) {
      fields.put(name, value);
    }
    return this;
  }

  JsonFields text(String name, @Nullable String text) {
    return value(name, text == null ? null : new JsonString(text));
  }

  JsonFields whole(String name, long number) {
    return value(name, new JsonNumber(BigDecimal.valueOf(number)));
  }

  /** As the platform writes it: -95, not -95.0. What is no number in JSON is left out. */
  JsonFields number(String name, @Nullable Double number) {
    if (number == null || !Double.isFinite(number)) {
      return this;
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE;
    return whole
        ? whole(name, number.longValue())
        : value(name, new JsonNumber(BigDecimal.valueOf(number)));
  }

  /** Where there is none, the field is left out. */
  JsonFields array(String name, List<JsonValue> values) {
    return value(name, values.isEmpty() ? null : new JsonArray(values));
  }

  JsonObject with(Map<String, JsonValue> unknownFields) {
    unknownFields.forEach(fields::putIfAbsent);
    return new JsonObject(fields);
  }

  /** What all messages have. */
  static JsonFields envelope(DeviceMessage message) {
    return new JsonFields()
        .text("device_id", message.deviceId())
        .whole("timestamp_ms", message.timestamp().toEpochMilli())
        .text("source", message.source())
        .text("message_type", message.messageType())
        .text("device_type", message.deviceType());
  }
}
