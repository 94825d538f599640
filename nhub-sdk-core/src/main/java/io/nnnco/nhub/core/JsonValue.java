package io.nnnco.nhub.core;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as the platform sent it: a reading's value, or a field that this version of the SDK
 * does not know. Sealed, so that a {@code switch} or a chain of {@code instanceof} can be complete.
 *
 * <p>Immutable. {@code toString} gives JSON, and so does Jackson's {@code ObjectMapper}.
 */
public sealed interface JsonValue {

  /**
   * A number, kept exactly as written: {@code 22.50} stays {@code 22.50}.
   *
   * @param value the number; equality is that of {@link BigDecimal#equals}, which distinguishes
   *     {@code 1.0} from {@code 1}
   */
  record JsonNumber(@com.fasterxml.jackson.annotation.JsonValue BigDecimal value)
      implements JsonValue {
    /**
     * Checks that there is a value.
     *
     * @param value the number
     */
    public JsonNumber {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * A string.
   *
   * @param value the text, unescaped; may be empty
   */
  record JsonString(@com.fasterxml.jackson.annotation.JsonValue String value) implements JsonValue {
    /**
     * Checks that there is a value.
     *
     * @param value the text
     */
    public JsonString {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return JsonText.quote(value);
    }
  }

  /**
   * A boolean.
   *
   * @param value the value
   */
  record JsonBoolean(@com.fasterxml.jackson.annotation.JsonValue boolean value)
      implements JsonValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** The JSON {@code null} as a value of its own: within an array or as a reading. */
  record JsonNull() implements JsonValue {
    /**
     * Nothing, which is what Jackson writes.
     *
     * @return null
     */
    @com.fasterxml.jackson.annotation.JsonValue
    public @Nullable Object value() {
      return null;
    }

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * An array.
   *
   * @param values the elements in order; unmodifiable
   */
  record JsonArray(@com.fasterxml.jackson.annotation.JsonValue List<JsonValue> values)
      implements JsonValue {
    /**
     * Copies the elements.
     *
     * @param values the elements in order
     */
    public JsonArray {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return JsonText.array(values);
    }
  }

  /**
   * An object.
   *
   * @param fields the fields in the order sent; unmodifiable
   */
  record JsonObject(@com.fasterxml.jackson.annotation.JsonValue Map<String, JsonValue> fields)
      implements JsonValue {
    /**
     * Copies the fields in order.
     *
     * @param fields the fields in order
     */
    public JsonObject {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
      return JsonText.object(fields);
    }
  }
}
