package io.nnnco.nhub.testkit.internal.json;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON: maps, iterables, strings, booleans, numbers and null, in their own order. Characters
 * outside ASCII are escaped, as the platform does (its documentation shows {@code \u00b0C}).
 */
public final class JsonWriter {
  private JsonWriter() {}

  /**
   * A value as JSON.
   *
   * @param value the value
   * @return the text
   * @throws IllegalArgumentException if it is of another type, or a number that JSON does not have
   */
  public static String of(@Nullable Object value) {
    StringBuilder json = new StringBuilder(256);
    write(json, value);
    return json.toString();
  }

  private static void write(StringBuilder json, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof Map<?, ?> map) {
      writeObject(json, map);
    } else if (value instanceof Iterable<?> items) {
      writeArray(json, items);
    } else if (value instanceof CharSequence text) {
      writeString(json, text);
    } else if (value instanceof Number number) {
      json.append(number(number));
    } else {
      throw new IllegalArgumentException("JSON has no " + value.getClass().getName() + ".");
    }
  }

  private static void writeObject(StringBuilder json, Map<?, ?> map) {
    json.append('{');
    String separator = "";
    for (Map.Entry<?, ?> field : map.entrySet()) {
      json.append(separator);
      writeString(json, String.valueOf(field.getKey()));
      json.append(": ");
      write(json, field.getValue());
      separator = ", ";
    }
    json.append('}');
  }

  private static void writeArray(StringBuilder json, Iterable<?> items) {
    json.append('[');
    String separator = "";
    for (Object item : items) {
      json.append(separator);
      write(json, item);
      separator = ", ";
    }
    json.append(']');
  }

  private static String number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.toString();
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("JSON has no " + number + ".");
      }
      return new BigDecimal(number.toString()).toString();
    }
    return number.toString();
  }

  private static void writeString(StringBuilder json, CharSequence text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        json.append("\\u")
            .append(Character.forDigit(c >> 12, 16))
            .append(Character.forDigit(c >> 8 & 0xf, 16))
            .append(Character.forDigit(c >> 4 & 0xf, 16))
            .append(Character.forDigit(c & 0xf, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
