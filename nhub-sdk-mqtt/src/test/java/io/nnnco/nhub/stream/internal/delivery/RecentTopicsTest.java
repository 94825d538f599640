package io.nnnco.nhub.stream.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.nnnco.nhub.message.DeviceTopic;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecentTopicsTest {
  private final RecentTopics topics = new RecentTopics();

  private DeviceTopic parse(String topic) {
    return Objects.requireNonNull(topics.parse(topic));
  }

  @Test
  void parse_sameTopicAgain_isParsedOnce() {
    DeviceTopic first = parse("v4/groups/nnn.acme.master/a/uplinks");
    assertSame(first, parse("v4/groups/nnn.acme.master/" + "a".repeat(1) + "/uplinks"));
  }

  @Test
  void parse_moreTopicsThanItRemembers_isAlwaysRight() {
    for (int round = 0; round < 2; round++) {
      for (int device = 0; device < 2_000; device++) {
        assertEquals("d" + device, parse(topic("d" + device)).deviceId());
        assertNull(topics.parse("elsewhere/" + device));
      }
    }
  }

  /** So that nobody fills the memory with topics of 64 KB. */
  @Test
  void parse_longTopic_isNotKept() {
    String device = "d".repeat(60_000);
    assertNotSame(parse(topic(device)), parse(topic(device)));
  }

  private static String topic(String device) {
    return "v4/groups/nnn.acme.master/" + device + "/uplinks";
  }
}
