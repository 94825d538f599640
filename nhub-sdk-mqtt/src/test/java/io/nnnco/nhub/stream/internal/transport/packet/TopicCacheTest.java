package io.nnnco.nhub.stream.internal.transport.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicCacheTest {
  private final TopicCache cache = new TopicCache();

  private @Nullable String find(String topic) {
    byte[] bytes = ("xx" + topic + "yy").getBytes(UTF_8);
    return cache.find(bytes, 2, bytes.length - 2);
  }

  @Test
  void find_topicThatWasAdded_isTheSameString() {
    String topic = "v4/groups/nnn.acme.master/a/uplinks";
    cache.add(topic);
    assertSame(topic, find(topic));
  }

  @Test
  void find_topicOfSeveralBytesPerCharacter_isTheSameString() {
    String topic = "v4/groups/nnn.acme.master/Zähler/uplinks";
    cache.add(topic);
    assertSame(topic, find(topic));
  }

  @Test
  void find_moreTopicsThanItRemembers_isNeverAnother() {
    for (int i = 0; i < 5_000; i++) {
      cache.add("topic/" + i);
      for (int former = Math.max(0, i - 300); former <= i; former += 100) {
        String found = find("topic/" + former);
        if (found != null) {
          assertEquals("topic/" + former, found);
        }
      }
    }
    assertSame(find("topic/4999"), find("topic/4999"));
  }

  @Test
  void find_beginningOfAKnownTopic_isNotKnown() {
    cache.add("topic/12");
    assertNull(find("topic/1"));
    assertNull(find("topic/123"));
  }

  /** So that nobody fills the memory with topics of 64 KB. */
  @Test
  void add_longTopic_isNotKept() {
    cache.add("t".repeat(129));
    assertNull(find("t".repeat(129)));
  }
}
