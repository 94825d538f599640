package io.nnnco.nhub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Enterprise;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicTest {
  private static final Enterprise ACME = Enterprise.of("nnn.acme");

  @ParameterizedTest
  @CsvSource({
    "v4/groups/nnn.acme.master/ABC123/uplinks, ABC123, uplinks",
    "v4/groups/nnn.acme.master/ABC 123/joins, ABC 123, joins",
    "v4/groups/nnn.acme.master/é/alarms, é, alarms",
    "v4/groups/nnn.acme.master/$SYS/UPLINKS, $SYS, UPLINKS"
  })
  void parse_topicOfDevice_givesItsPartsAndBack(String topic, String device, String level) {
    DeviceTopic expected = new DeviceTopic(ACME, device, level);
    assertEquals(Optional.of(expected), DeviceTopic.parse(topic));
    assertEquals(topic, expected.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "v4/groups/",
        "v4/groups/nnn.acme.master",
        "v4/groups/nnn.acme.master/",
        "v4/groups/nnn.acme.master/ABC123",
        "v4/groups/nnn.acme.master/ABC123/",
        "v4/groups/nnn.acme.master//uplinks",
        "v4/groups/nnn.acme.master/ABC123/uplinks/",
        "v4/groups/nnn.acme.master/ABC123/uplinks/raw",
        "/v4/groups/nnn.acme.master/ABC123/uplinks",
        "v5/groups/nnn.acme.master/ABC123/uplinks",
        "v4/group/nnn.acme.master/ABC123/uplinks",
        "v4/groups/nnn.acme/ABC123/uplinks",
        "v4/groups/.master/ABC123/uplinks",
        "v4/groups/master/ABC123/uplinks",
        "v4/groups/nnn..acme.master/ABC123/uplinks",
        "v4/groups/nnn.acme.master.master/ABC123/uplinks",
        "v4/groups/nnn acme.master/ABC123/uplinks",
        "v4/groups/nnn.acme.master/+/uplinks",
        "v4/groups/nnn.acme.master/ABC123/+",
        "v4/groups/nnn.acme.master/#",
        "v4/groups/nnn.acme.master/A#/uplinks",
        "abc/def.master/x/y"
      })
  void parse_anythingElse_isEmpty(String topic) {
    assertEquals(Optional.empty(), DeviceTopic.parse(topic));
  }

  @Test
  void parse_longestTopicOfDots_isEmptyWithoutHarm() {
    String code = "a.".repeat(32_000);
    assertEquals(Optional.empty(), DeviceTopic.parse("v4/groups/" + code + ".master/A/uplinks"));
    assertTrue(DeviceTopic.parse("v4/groups/" + code + "a.master/A/uplinks").isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void kind_ofEachKnownLevel_isThatKind(MessageKind kind) {
    assertEquals(Optional.of(kind), new DeviceTopic(ACME, "A", kind.topicLevel()).kind());
    assertEquals(Optional.of(kind), MessageKind.ofTopicLevel(kind.topicLevel()));
    assertEquals(Optional.of(kind), MessageKind.ofMessageType(kind.messageType()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alarms", "Uplinks", "uplink"})
  void kind_ofOtherLevel_isEmpty(String level) {
    assertEquals(Optional.empty(), new DeviceTopic(ACME, "A", level).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "+", "#", "a\u0000"})
  void new_levelThatCannotBeOne_isRefused(String level) {
    assertThrows(IllegalArgumentException.class, () -> new DeviceTopic(ACME, level, "uplinks"));
    assertThrows(IllegalArgumentException.class, () -> new DeviceTopic(ACME, "A", level));
  }
}
