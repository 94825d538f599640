package io.nnnco.nhub.testkit.internal.bridge.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topic filters, by MQTT 5 section 4.7 and rules M11 and M12. */
class TopicFilterTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/B, false",
    "a/b, a, false",
    "a, a/b, false",
    "a/+, a/b, true",
    "a/+, a/, true",
    "a/+, a, false",
    "a/+/c, a/b/c, true",
    "a/+/c, a/b/d, false",
    "+, a, true",
    "+, /a, false",
    "+/+, /a, true",
    "/+, /a, true",
    "#, a/b/c, true",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, b, false",
    "#, $SYS/x, false",
    "+/x, $SYS/x, false",
    "$SYS/#, $SYS/x, true",
    "$share/g/a/+, a/b, true"
  })
  @Tag("M11")
  void matches_asMqttSays(String filter, String topic, boolean matches) {
    assertEquals(matches, TopicFilter.parse(filter).matches(TopicFilter.levels(topic)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/#/b", "a#", "a+/b", "+a", "$share/g", "$share//a", "$share/+/a"})
  void parse_notWellFormed_isRefused(String filter) {
    assertThrows(IllegalArgumentException.class, () -> TopicFilter.parse(filter));
  }

  @Test
  void isTopic_whatAMessageCanHave_isTrue() {
    assertTrue(TopicFilter.isTopic("a/b"));
    assertTrue(TopicFilter.isTopic("/"));
    assertTrue(TopicFilter.isTopic("\ud83d\ude80"));
    assertTrue(TopicFilter.isTopic("a".repeat(65_535)));
  }

  @Test
  void isTopic_whatNoMessageCanHave_isFalse() {
    for (String text : List.of("", "a/+", "#", "a\0b", "\ud83d", "\u00e9".repeat(32_768))) {
      assertFalse(TopicFilter.isTopic(text));
    }
  }

  @Test
  void parse_shared_knowsItsShare() {
    TopicFilter filter = TopicFilter.parse("$share/workers/a/b");

    assertTrue(filter.shared());
    assertEquals("workers", filter.share());
  }

  @ParameterizedTest
  @CsvSource({
    "v4/groups/nnn.acme.master/+/uplinks, true",
    "v4/groups/nnn.acme.master/#, true",
    "$share/g/v4/groups/nnn.acme.master/#, true",
    "v4/groups/nnn.acme.master, false",
    "v4/groups/nnn.acme.sub.master/#, false",
    "v4/groups/+/d/uplinks, false",
    "v4/#, false"
  })
  @Tag("M12")
  void within_onlyWhatCannotMatchAnotherEnterprise(String filter, boolean within) {
    assertEquals(within, TopicFilter.parse(filter).within("nnn.acme"));
  }
}
