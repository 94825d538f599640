package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last retained message of each topic (MQTT 5 section 3.3.1.3). */
final class RetainedMessages {
  private final Map<String, Message> messages = new LinkedHashMap<>();

  /** Keeps a message, or, if it is empty, removes the one of its topic. */
  void put(Message message) {
    if (message.payload().length == 0) {
      messages.remove(message.topic());
    } else {
      messages.put(message.topic(), message);
    }
  }

  List<Message> matching(TopicFilter filter, Instant now) {
    messages.values().removeIf(message -> message.expired(now));
    return messages.values().stream()
        .filter(message -> filter.matches(TopicFilter.levels(message.topic())))
        .toList();
  }

  void clear() {
    messages.clear();
  }
}
