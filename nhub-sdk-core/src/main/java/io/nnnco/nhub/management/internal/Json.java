package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnnco.nhub.core.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads JSON. Jackson's own errors quote the text, so none of them leaves this class. */
final class Json {
  /**
   * Code that reads and writes the values recurses for each level, on threads with any stack size.
   */
  private static final int MAX_DEPTH = 64;

  /**
   * The memory of a tree of values depends on their number rather than on their length: 7 MB of
   * {@code {"id":1},} take 2 GB.
   */
  static final int MAX_TOKENS = 250_000;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The value, or null if the text is not one JSON value. */
  @Nullable JsonNode parse(ByteString text) {
    try {
      JsonNode node = mapper.readTree(text.toByteArray());
      return node == null || node.isMissingNode() ? null : node;
    } catch (IOException | RuntimeException e) {
      return null; // Not everything that Jackson throws for bad text is a JsonProcessingException.
    }
  }

  /** Whether it has more values, names and brackets than a tree may have. */
  boolean isTooMuch(ByteString text) {
    try (JsonParser parser = mapper.createParser(text.toByteArray())) {
      for (int tokens = 0; parser.nextToken() != null; tokens++) {
        if (tokens == MAX_TOKENS) {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException e) {
      return false; // So it is not JSON.
    }
  }

  static JsonValue value(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonValue> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
      return new JsonValue.JsonObject(fields);
    }
    if (node.isArray()) {
      List<JsonValue> values = new ArrayList<>();
      node.forEach(element -> values.add(value(element)));
      return new JsonValue.JsonArray(values);
    }
    if (node.isNumber()) {
      return new JsonValue.JsonNumber(node.decimalValue());
    }
    if (node.isBoolean()) {
      return new JsonValue.JsonBoolean(node.booleanValue());
    }
    return node.isNull() ? new JsonValue.JsonNull() : new JsonValue.JsonString(node.asText());
  }
}
