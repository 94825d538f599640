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
          if (isPrintable(text, i)) {
            json.append(c);
          } else {
            json.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    return json.append('"').toString();
  }

  /** Escapes control and format characters, and unpaired surrogates: the result is still JSON. */
  private static boolean isPrintable(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x7F) {
      return c >= 0x20;
    }
    int start = i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c) ? i - 1 : i;
    return switch (Character.getType(text.codePointAt(start))) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
