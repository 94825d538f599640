package io.nnnco.nhub.testkit.internal.control.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects. */
public final class JsonReader {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private JsonReader() {}

  /**
   * The fields of an object, in order: strings, numbers, booleans, null, maps and lists.
   *
   * @throws IllegalArgumentException if it is not JSON, or not an object
   */
  public static Map<String, @Nullable Object> object(String json) {
    try {
      if (!(JSON.forType(Object.class).readValue(json) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("The body must be a JSON object.");
      }
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach((name, value) -> fields.put(String.valueOf(name), value));
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The body is not JSON: " + e.getOriginalMessage() + " (line " + line(e) + ").", e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }
}
