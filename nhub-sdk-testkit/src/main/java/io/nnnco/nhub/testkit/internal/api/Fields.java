package io.nnnco.nhub.testkit.internal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body, checked as Django REST Framework checks them. */
final class Fields {
  /** Immutable; it is here so that a fake whose API is never called never loads databind. */
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields read(Call call) {
    String type = call.header("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw Rejection.detail(415, "Unsupported media type \"" + type + "\" in request.");
    }
    try {
      JsonNode body = JSON.readTree(call.body());
      if (!body.isObject()) {
        throw Rejection.field(
            "non_field_errors", "Invalid data. Expected a dictionary, but got another type.");
      }
      return new Fields(body);
    } catch (JsonProcessingException e) {
      throw Rejection.detail(400, "JSON parse error - " + e.getOriginalMessage());
    }
  }

  String text(String name, int maxLength) {
    JsonNode value = required(name);
    if (!value.isTextual() && !value.isNumber()) {
      throw Rejection.field(name, "Not a valid string.");
    }
    String text = value.asText().strip();
    if (text.isEmpty()) {
      throw Rejection.field(name, "This field may not be blank.");
    }
    if (text.length() > maxLength) {
      throw Rejection.field(
          name, "Ensure this field has no more than " + maxLength + " characters.");
    }
    return text;
  }

  int integer(String name, int missing, int min, int max) {
    JsonNode value = object.get(name);
    if (value == null) {
      return missing;
    }
    Integer number = value.isNull() ? null : toInteger(value);
    if (number == null) {
      throw Rejection.field(
          name, value.isNull() ? "This field may not be null." : "A valid integer is required.");
    }
    if (number < min) {
      throw Rejection.field(name, "Ensure this value is greater than or equal to " + min + ".");
    }
    if (number > max) {
      throw Rejection.field(name, "Ensure this value is less than or equal to " + max + ".");
    }
    return number;
  }

  boolean flag(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw Rejection.field(name, "Must be a valid boolean.");
    }
    return value.booleanValue();
  }

  private JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw Rejection.field(name, "This field is required.");
    }
    if (value.isNull()) {
      throw Rejection.field(name, "This field may not be null.");
    }
    return value;
  }

  /**
   * Also from a string of digits, as Django does; a number beyond an int counts as the nearest int.
   */
  private static @Nullable Integer toInteger(JsonNode value) {
    String text = value.asText();
    if (!(value.isIntegralNumber() || value.isTextual()) || !text.matches("-?\\d+")) {
      return null;
    }
    if (text.length() > 9) {
      return text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return Integer.valueOf(text);
  }
}
