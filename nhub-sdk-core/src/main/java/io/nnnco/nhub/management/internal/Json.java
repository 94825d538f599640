package io.nnnco.nhub.management.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnnco.nhub.core.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads JSON. Jackson's own errors quote the text, so none of them leaves this class. */
final class Json {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The value, or null if the text is not one JSON value. */
  @Nullable JsonNode parse(ByteString text) {
    try {
      JsonNode node = mapper.readTree(text.toByteArray());
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed.", e);
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
