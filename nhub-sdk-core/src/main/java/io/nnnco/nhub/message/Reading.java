package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.internal.ForeignText;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One value that a device measured or reported, on one of its channels.
 *
 * <p>The value is whatever JSON the platform sent. Usually you want {@link #number()}, or {@link
 * #decimal()} where exactness matters. Each of the four shortcuts is empty if the value is of
 * another type, and none converts: the text {@code "22.5"} is not a number.
 *
 * <p>Immutable.
 *
 * @param channelId the channel, such as {@code temperature}; never empty
 * @param value the value; {@link JsonValue.JsonNull} if the platform sent null or nothing
 * @param unit the unit as the platform writes it, such as {@code °C}; or null
 * @param unknownFields the fields that this version does not know, and those of a type other than
 *     documented, in the order sent; unmodifiable
 */
public record Reading(
    String channelId,
    JsonValue value,
    @Nullable String unit,
    Map<String, JsonValue> unknownFields) {

  /**
   * Checks the required components and copies the fields.
   *
   * @param channelId the channel
   * @param value the value
   * @param unit the unit, or null
   * @param unknownFields the fields that this version does not know
   */
  public Reading {
    Objects.requireNonNull(channelId, "channelId");
    Objects.requireNonNull(value, "value");
    unknownFields = UnknownFields.copyOf(unknownFields);
  }

  /**
   * Creates a reading without unknown fields.
   *
   * @param channelId the channel
   * @param value the value
   * @param unit the unit, or null
   */
  public Reading(String channelId, JsonValue value, @Nullable String unit) {
    this(channelId, value, unit, Map.of());
  }

  /**
   * The value as a number for calculations.
   *
   * @return the nearest {@code double}, or empty if the value is not a number, or is larger than a
   *     {@code double} can hold
   */
  public OptionalDouble number() {
    if (value instanceof JsonNumber number) {
      double nearest = number.value().doubleValue();
      return Double.isFinite(nearest) ? OptionalDouble.of(nearest) : OptionalDouble.empty();
    }
    return OptionalDouble.empty();
  }

  /**
   * The value as the exact number that was sent.
   *
   * @return the number, with its digits as written, or empty if the value is not a number
   */
  public Optional<BigDecimal> decimal() {
    return value instanceof JsonNumber number ? Optional.of(number.value()) : Optional.empty();
  }

  /**
   * The value as text.
   *
   * @return the text, or empty if the value is not text
   */
  public Optional<String> text() {
    return value instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
  }

  /**
   * The value as a boolean.
   *
   * @return the boolean, or empty if the value is not one
   */
  public Optional<Boolean> flag() {
    return value instanceof JsonBoolean flag ? Optional.of(flag.value()) : Optional.empty();
  }

  /**
   * The reading as the platform's JSON object, which Jackson's {@code ObjectMapper} writes too; see
   * {@link DeviceMessage#json()}.
   *
   * @return a new object each time
   */
  @com.fasterxml.jackson.annotation.JsonValue
  public JsonObject json() {
    return new JsonFields()
        .text("channel_id", channelId)
        .value("value", value)
        .text("unit", unit)
        .with(unknownFields);
  }

  /** For a log: {@code temperature=22.5 °C}. The value is written as JSON. */
  @Override
  public String toString() {
    return ForeignText.printable(channelId + "=" + value + (unit == null ? "" : " " + unit));
  }
}
