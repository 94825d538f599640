package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonObject;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {
  private static final JsonValue ONE = new JsonNumber(BigDecimal.ONE);

  @Test
  void toString_ofEachType_isJson() {
    assertEquals("22.50", new JsonNumber(new BigDecimal("22.50")).toString());
    assertEquals("true", new JsonBoolean(true).toString());
    assertEquals("null", new JsonNull().toString());
    assertEquals("[1,null,[]]", new JsonArray(List.of(ONE, new JsonNull(), array())).toString());
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("z", ONE);
    fields.put("a\"", array());
    assertEquals("{\"z\":1,\"a\\\"\":[]}", new JsonObject(fields).toString());
  }

  @Test
  void toString_ofText_escapesWhatJsonMust() {
    assertEquals(
        "\"a \\\"b\\\" \\\\ \\n\\r\\t\\u0000\\u001f °\"",
        new JsonString("a \"b\" \\ \n\r\t\0\u001f °").toString());
  }

  @Test
  void equals_ofNumbers_tellsHowTheyWereWritten() {
    assertEquals(ONE, new JsonNumber(new BigDecimal("1")));
    assertNotEquals(ONE, new JsonNumber(new BigDecimal("1.0")));
  }

  @Test
  void containers_changedLater_keepTheirOwn() {
    List<JsonValue> values = new ArrayList<>(List.of(ONE));
    Map<String, JsonValue> fields = new LinkedHashMap<>(Map.of("a", ONE));
    JsonArray array = new JsonArray(values);
    JsonObject object = new JsonObject(fields);
    values.clear();
    fields.clear();
    assertEquals(List.of(ONE), array.values());
    assertEquals(Map.of("a", ONE), object.fields());
    assertThrows(UnsupportedOperationException.class, () -> array.values().clear());
    assertThrows(UnsupportedOperationException.class, () -> object.fields().clear());
  }

  private static JsonArray array() {
    return new JsonArray(List.of());
  }
}
