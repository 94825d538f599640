package io.nnnco.nhub.testkit.internal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, checked as Django REST Framework checks them: each method returns
 * a value to go on with, and {@link #check()} reports every flaw at once.
 */
final class Fields {
  /** Immutable; it is here so that a fake whose API is never called never loads databind. */
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Set<String> TRUE = Set.of("t", "y", "yes", "true", "on", "1");
  private static final Set<String> FALSE = Set.of("f", "n", "no", "false", "off", "0");
  private static final Pattern NO_FRACTION = Pattern.compile("\\.0*\\s*$");
  private static final Pattern INTEGER = Pattern.compile("\\s*[-+]?\\d+(_\\d+)*\\s*");
  private static final int LONGEST_INTEGER = 1_000;

  private final JsonNode object;
  private final Map<String, List<String>> flaws = new LinkedHashMap<>();

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields read(Call call) {
    String type = call.header("Content-Type");
    if (call.body().isEmpty() || type == null) {
      return new Fields(JsonNodeFactory.instance.objectNode());
    }
    if (!MediaType.isJson(type)) {
      throw Rejection.detail(415, "Unsupported media type \"" + type + "\" in request.");
    }
    if (!call.utf8()) {
      throw Rejection.detail(400, "JSON parse error - 'utf-8' codec can't decode the body");
    }
    try {
      JsonNode body = JSON.readTree(call.body());
      if (body.isMissingNode()) {
        throw Rejection.detail(400, "JSON parse error - Expecting value: line 1 column 1 (char 0)");
      }
      if (!body.isObject()) {
        throw Rejection.field("non_field_errors", notAnObject(body));
      }
      return new Fields(body);
    } catch (JsonProcessingException e) {
      throw Rejection.detail(400, "JSON parse error - " + e.getOriginalMessage());
    }
  }

  private static String notAnObject(JsonNode body) {
    return body.isNull()
        ? "No data provided"
        : "Invalid data. Expected a dictionary, but got " + pythonType(body) + ".";
  }

  private static String pythonType(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "list";
      case STRING -> "str";
      case BOOLEAN -> "bool";
      default -> value.isIntegralNumber() ? "int" : "float";
    };
  }

  /** Throws what is wrong with all the fields that were asked for, if anything is. */
  void check() {
    if (!flaws.isEmpty()) {
      throw Rejection.fields(flaws);
    }
  }

  /** Notes a flaw of a field. */
  void flaw(String name, String flaw) {
    flaws.computeIfAbsent(name, key -> new ArrayList<>()).add(flaw);
  }

  private <T> T flawed(String name, String flaw, T instead) {
    flaw(name, flaw);
    return instead;
  }

  String text(String name, int maxLength) {
    return text(name, maxLength, text -> Optional.empty());
  }

  /**
   * A text.
   *
   * @param more finds a further flaw, which is reported before those that every text may have
   */
  String text(String name, int maxLength, Function<String, Optional<String>> more) {
    JsonNode value = required(name);
    if (value == null) {
      return "";
    }
    if (!value.isTextual() && !value.isNumber()) {
      return flawed(name, "Not a valid string.", "");
    }
    String text = value.asText().strip();
    if (text.isEmpty()) {
      return flawed(name, "This field may not be blank.", "");
    }
    more.apply(text).ifPresent(flaw -> flaw(name, flaw));
    if (text.codePointCount(0, text.length()) > maxLength) {
      flaw(name, "Ensure this field has no more than " + maxLength + " characters.");
    }
    if (text.indexOf('\0') >= 0) {
      flaw(name, "Null characters are not allowed.");
    }
    return text;
  }

  /** An id, in the platform's own form. */
  String uuid(String name) {
    JsonNode value = required(name);
    if (value == null) {
      return "";
    }
    Optional<String> id = value.isTextual() ? Uuids.normal(value.asText()) : Optional.empty();
    return id.orElseGet(() -> flawed(name, "Must be a valid UUID.", ""));
  }

  int integer(String name, int missing, int min, int max) {
    JsonNode value = object.get(name);
    if (value == null) {
      return missing;
    }
    if (value.isNull()) {
      return flawed(name, "This field may not be null.", missing);
    }
    if (value.isTextual() && value.asText().length() > LONGEST_INTEGER) {
      return flawed(name, "String value too large.", missing);
    }
    Integer number = toInteger(value);
    if (number == null) {
      return flawed(name, "A valid integer is required.", missing);
    }
    if (number < min) {
      flaw(name, "Ensure this value is greater than or equal to " + min + ".");
    } else if (number > max) {
      flaw(name, "Ensure this value is less than or equal to " + max + ".");
    }
    return number;
  }

  boolean flag(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return false;
    }
    if (value.isNull()) {
      return flawed(name, "This field may not be null.", false);
    }
    String text = value.isValueNode() ? value.asText().toLowerCase(Locale.ROOT) : "";
    if (value.isFloatingPointNumber()) {
      text = NO_FRACTION.matcher(text).replaceFirst("");
    }
    return TRUE.contains(text)
        || (!FALSE.contains(text) && flawed(name, "Must be a valid boolean.", false));
  }

  private @Nullable JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      flaw(name, value == null ? "This field is required." : "This field may not be null.");
      return null;
    }
    return value;
  }

  /**
   * As Python's int reads it, without a fraction of zeros; a number beyond an int counts as the
   * nearest int.
   */
  private static @Nullable Integer toInteger(JsonNode value) {
    if (!value.isNumber() && !value.isTextual()) {
      return null;
    }
    String text = NO_FRACTION.matcher(value.asText()).replaceFirst("");
    if (!INTEGER.matcher(text).matches()) {
      return null;
    }
    String digits = text.strip().replace("_", "").replaceFirst("^\\+", "");
    if (digits.replaceFirst("^-?0*", "").length() > 9) {
      return digits.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return Integer.valueOf(digits);
  }
}
