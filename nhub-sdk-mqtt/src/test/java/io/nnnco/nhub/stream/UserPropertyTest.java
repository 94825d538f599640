package io.nnnco.nhub.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserPropertyTest {
  @Test
  void toString_ofHostileTexts_isOneHarmlessLine_andTheTextsAreWhatCame() {
    String hostile = "x\r\nERROR forged\u001b[31m\u009b2J\u202e\u2028" + "y".repeat(60_000);
    UserProperty property = new UserProperty(hostile, hostile);
    String shown = property.toString();

    assertTrue(shown.matches("[\\p{Graph} …]+"), shown);
    assertTrue(shown.contains("x ERROR forged [31m 2J yyy"), shown);
    assertTrue(shown.length() < 500, () -> shown.length() + " characters");
    assertEquals(hostile, property.name());
    assertEquals(hostile, property.value());
  }

  @Test
  void delivery_ofAnotherImplementation_hasNone() {
    assertEquals(List.of(), TestDelivery.of("ABC123", "uplinks").userProperties());
  }
}
