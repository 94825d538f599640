package io.nnnco.nhub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonArray;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
  @Test
  void number_ofNumber_isTheNearestDoubleAndTheExactDecimal() {
    Reading reading = reading(new JsonNumber(new BigDecimal("22.50")));
    assertEquals(22.5, reading.number().orElseThrow());
    assertEquals(new BigDecimal("22.50"), reading.decimal().orElseThrow());
    assertTrue(reading.text().isEmpty());
    assertTrue(reading.flag().isEmpty());
  }

  @Test
  void number_beyondDouble_isEmptyAndTheDecimalIsThere() {
    Reading reading = reading(new JsonNumber(new BigDecimal("1e999999999")));
    assertTrue(reading.number().isEmpty());
    assertEquals("1E+999999999", reading.decimal().orElseThrow().toString());
  }

  @Test
  void text_ofText_isTheTextAndNoNumber() {
    Reading reading = reading(new JsonString("22.5"));
    assertEquals("22.5", reading.text().orElseThrow());
    assertTrue(reading.number().isEmpty());
    assertTrue(reading.decimal().isEmpty());
  }

  @Test
  void flag_ofBoolean_isWhich() {
    assertEquals(false, reading(new JsonBoolean(false)).flag().orElseThrow());
    assertTrue(reading(new JsonNull()).flag().isEmpty());
  }

  @Test
  void toString_withAndWithoutUnit_readsWellInALog() {
    JsonValue number = new JsonNumber(new BigDecimal("22.5"));
    assertEquals("temperature=22.5 °C", new Reading("temperature", number, "°C").toString());
    assertEquals("t=22.5", reading(number).toString());
    assertEquals("t=\"a\\nb\"", reading(new JsonString("a\nb")).toString());
    assertEquals("t=[null]", reading(new JsonArray(List.of(new JsonNull()))).toString());
  }

  @Test
  void records_unknownFieldsChangedLater_keepTheirOwn() {
    Map<String, JsonValue> fields = new LinkedHashMap<>(Map.of("a", new JsonNull()));
    Reading reading = new Reading("t", new JsonNull(), null, fields);
    NetworkMetadata network = new NetworkMetadata(null, null, null, fields);
    Location location = new Location(1, 2, fields);
    fields.clear();
    assertEquals(1, reading.unknownFields().size());
    assertEquals(1, network.unknownFields().size());
    assertEquals(1, location.unknownFields().size());
    assertThrows(UnsupportedOperationException.class, () -> reading.unknownFields().clear());
  }

  private static Reading reading(JsonValue value) {
    return new Reading("t", value, null);
  }
}
