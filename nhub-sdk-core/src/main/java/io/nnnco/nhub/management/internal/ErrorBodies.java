package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.core.internal.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.ByteString;

/** Reads the bodies of errors: a detail, a map of field to messages, or anything else. */
final class ErrorBodies {
  private static final int MAX_FIELDS = 50;
  private final Json json = new Json();

  ErrorBody read(ApiResponse response) {
    ForeignText redaction = response.redaction();
    ByteString bytes = response.body();
    JsonNode body = bytes == null ? null : json.parse(bytes);
    if (body == null) {
      boolean empty = bytes != null && bytes.size() == 0;
      return empty
          ? ErrorBody.NOTHING
          : new ErrorBody(" Its body is not JSON (" + response.contentType() + ").", Map.of());
    }
    Map<String, List<String>> errors = new LinkedHashMap<>();
    collect("", body, errors, redaction);
    List<String> detail = errors.getOrDefault("detail", List.of());
    if (errors.size() == 1 && detail.size() == 1) {
      return new ErrorBody(" It says: " + detail.get(0), Map.of());
    }
    return errors.isEmpty()
        ? ErrorBody.NOTHING
        : new ErrorBody(" It says: " + join(errors), errors);
  }

  private static void collect(
      String field, JsonNode node, Map<String, List<String>> errors, ForeignText redaction) {
    if (errors.size() >= MAX_FIELDS || node.isNull()) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  collect(
                      child(field, entry.getKey(), redaction),
                      entry.getValue(),
                      errors,
                      redaction));
    } else if (node.isArray()) {
      node.forEach(element -> collect(field, element, errors, redaction));
    } else {
      errors
          .computeIfAbsent(field.isEmpty() ? "non_field_errors" : field, name -> new ArrayList<>())
          .add(redaction.line(node.asText()));
    }
  }

  private static String child(String parent, String name, ForeignText redaction) {
    String safe = redaction.line(name, 80);
    return parent.isEmpty() ? safe : parent + "." + safe;
  }

  private static String join(Map<String, List<String>> errors) {
    List<String> parts = new ArrayList<>();
    errors.forEach((field, messages) -> parts.add(field + ": " + String.join(" ", messages)));
    String all = String.join("; ", parts);
    return all.length() <= 1_000 ? all : all.substring(0, 1_000) + "…";
  }
}
