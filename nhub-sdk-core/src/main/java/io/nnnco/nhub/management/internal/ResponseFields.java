package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.management.ApiCall;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a response's object. Fields that were not read, or were invalid, are the remaining
 * ones.
 */
final class ResponseFields {
  private final JsonNode object;
  private final ApiCall call;
  private final Set<String> used = new HashSet<>();

  ResponseFields(JsonNode object, ApiCall call) {
    this.object = object;
    this.call = call;
  }

  String requiredText(String name) {
    String value = text(name);
    if (value == null) {
      throw ApiErrors.unreadable(call, "The response has no text \"" + name + "\".");
    }
    return value;
  }

  /** The first of these fields that is a string or number, and not empty. */
  @Nullable String text(String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isNull()) {
        used.add(name);
      }
      if ((value.isTextual() || value.isNumber()) && !value.asText().isBlank()) {
        used.add(name);
        return value.asText();
      }
    }
    return null;
  }

  /** The first of these fields that is an ISO 8601 time; without an offset, it is UTC. */
  @Nullable Instant time(String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isNull()) {
        used.add(name);
      }
      Instant time = value.isTextual() ? IsoTime.parse(value.textValue()) : null;
      if (time != null) {
        used.add(name);
        return time;
      }
    }
    return null;
  }

  ApiCall call() {
    return call;
  }

  JsonNode get(String name) {
    return object.path(name);
  }

  Map<String, JsonValue> rest() {
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              if (!used.contains(field.getKey())) {
                rest.put(field.getKey(), Json.value(field.getValue()));
              }
            });
    return rest;
  }
}
