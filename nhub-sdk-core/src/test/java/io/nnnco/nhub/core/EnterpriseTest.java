package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnterpriseTest {
  @ParameterizedTest
  @ValueSource(strings = {"nnn.acme", "acme", "A-1_b.c.d", "0", "master", "nnn.master2", "azAZ09"})
  void of_dottedPath_isKeptAsGiven(String code) {
    assertEquals(code, Enterprise.of(code).code());
    assertEquals(code, Enterprise.of(code).toString());
    assertEquals(Optional.of(Enterprise.of(code)), Enterprise.parse(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "a b",
        "a/b",
        "a+",
        "#",
        "é",
        "`",
        "{",
        "@",
        "[",
        ":",
        "nnn.acme\n",
        "nnn.acme.master"
      })
  void of_anythingElse_isRefused(String code) {
    assertThrows(IllegalArgumentException.class, () -> Enterprise.of(code));
    assertEquals(Optional.empty(), Enterprise.parse(code));
  }

  @Test
  void of_codeThatEndsInMaster_saysToLeaveItOut() {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Enterprise.of("nnn.acme.master"))
                .getMessage());
    assertTrue(message.contains("Leave out the \".master\""), message);
  }

  @Test
  void parse_veryLongCode_doesNoHarm() {
    assertTrue(Enterprise.parse("a" + ".a".repeat(100_000)).isPresent());
  }

  @Test
  void topicPrefix_ofCode_isThatOfItsTopics() {
    assertEquals("v4/groups/nnn.acme.master/", Enterprise.of("nnn.acme").topicPrefix());
  }
}
