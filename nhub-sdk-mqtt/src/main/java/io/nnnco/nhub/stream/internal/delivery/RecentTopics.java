package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceTopic;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the last messages, parsed: a device sends to the same one again and again. It
 * remembers a fixed number of short ones, one for each value of a hash.
 *
 * <p>Thread-safe; without locks.
 */
final class RecentTopics {
  private static final int SIZE = 256;
  private static final int LONGEST = 128;

  private final AtomicReferenceArray<@Nullable Parsed> recent = new AtomicReferenceArray<>(SIZE);

  private record Parsed(String topic, @Nullable DeviceTopic parts) {}

  /** The parts of a topic; null if it is not the topic of a device's messages. */
  @Nullable DeviceTopic parse(String topic) {
    int hash = topic.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
    Parsed known = recent.getAcquire(slot);
    if (known == null || !known.topic.equals(topic)) {
      known = new Parsed(topic, DeviceTopic.parse(topic).orElse(null));
      if (topic.length() <= LONGEST) {
        recent.setRelease(slot, known);
      }
    }
    return known.parts;
  }
}
