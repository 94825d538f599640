package io.nnnco.nhub.core;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a {@link JsonValue} as JSON, for its {@code toString}. */
final class JsonText {
  private JsonText() {}

  static String array(List<JsonValue> values) {
    return values.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]"));
  }

  static String object(Map<String, JsonValue> fields) {
    return fields.entrySet().stream()
        .map(field -> quote(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
