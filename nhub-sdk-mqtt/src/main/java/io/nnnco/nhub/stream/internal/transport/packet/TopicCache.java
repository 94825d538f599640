package io.nnnco.nhub.stream.internal.transport.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the last messages: a device sends to the same one again and again, so it need not
 * be decoded again. It remembers a fixed number of short topics, one for each value of a hash. For
 * one thread.
 */
final class TopicCache {
  private static final int SIZE = 256;
  private static final int LONGEST = 128;

  private final @Nullable Entry[] entries = new Entry[SIZE];

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Entry(byte[] bytes, String topic) {}

  /** The topic of these bytes; null if it is not known. */
  @Nullable String find(byte[] buffer, int from, int to) {
    Entry entry = entries[slot(buffer, from, to)];
    return entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, buffer, from, to)
        ? entry.topic
        : null;
  }

  /** Remembers a valid topic, in the place of another. */
  void add(String topic) {
    byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST) {
      entries[slot(bytes, 0, bytes.length)] = new Entry(bytes, topic);
    }
  }

  /** Only the device differs as a rule, and the end of a topic is the same for all devices. */
  private static int slot(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 16)) & (SIZE - 1);
  }
}
