package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @Test
  void toString_ofSecret_showsNothingOfIt() {
    assertFalse(Secret.of("t0ken").toString().contains("t0ken"));
    assertEquals(Secret.of("a").toString(), Secret.of("bcd").toString());
    assertEquals("t0ken", Secret.of("t0ken").reveal());
  }

  @Test
  void equals_goesByTheValue() {
    assertEquals(Secret.of("t0ken"), Secret.of("t0ken"));
    assertEquals(Secret.of("t0ken").hashCode(), Secret.of("t0ken").hashCode());
    assertNotEquals(Secret.of("t0ken"), Secret.of("token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "t0ken\n", "t0\r\nken"})
  void of_blankOrWithLineBreak_isRefusedWithoutRepeatingIt(String value) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Secret.of(value));
    assertFalse(error.toString().contains("t0"));
  }
}
