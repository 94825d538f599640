package io.nnnco.nhub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.core.JsonValue.JsonBoolean;
import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UplinkTest {
  private final Uplink uplink =
      new Uplink(
          "d",
          Instant.EPOCH,
          null,
          null,
          null,
          List.of(
              reading("temperature", new JsonNumber(new BigDecimal("22.50"))),
              reading("temperature", new JsonNumber(new BigDecimal("23"))),
              reading("door", new JsonString("open")),
              reading("tamper", new JsonBoolean(true)),
              reading("quoted", new JsonString("22.5")),
              reading("huge", new JsonNumber(new BigDecimal("1e400"))),
              reading("nothing", new JsonNull())),
          null,
          null,
          null,
          Map.of());

  private static Reading reading(String channel, JsonValue value) {
    return new Reading(channel, value, null);
  }

  @Test
  void shortcuts_valueOfTheirType_giveTheFirstOfTheChannel() {
    assertEquals(OptionalDouble.of(22.5), uplink.number("temperature"));
    assertEquals(Optional.of("open"), uplink.text("door"));
    assertEquals(Optional.of(true), uplink.flag("tamper"));
  }

  @Test
  void shortcuts_noSuchChannelOrAnotherType_areEmpty() {
    for (String channel : List.of("Temperature", "none", "door", "tamper", "quoted", "huge")) {
      assertEquals(OptionalDouble.empty(), uplink.number(channel), channel);
    }
    assertEquals(OptionalDouble.empty(), uplink.number("nothing"));
    assertEquals(Optional.empty(), uplink.text("temperature"));
    assertEquals(Optional.empty(), uplink.text("none"));
    assertEquals(Optional.empty(), uplink.flag("temperature"));
    assertEquals(Optional.empty(), uplink.flag("none"));
  }

  @SuppressWarnings("NullAway") // What a caller without NullAway may do.
  @Test
  void shortcuts_null_isRefused() {
    assertThrows(NullPointerException.class, () -> uplink.number(null));
  }
}
