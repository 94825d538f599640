package io.nnnco.nhub.message;

import io.nnnco.nhub.core.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How records keep the fields that they do not know. */
final class UnknownFields {
  private UnknownFields() {}

  static Map<String, JsonValue> copyOf(Map<String, JsonValue> fields) {
    return fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
