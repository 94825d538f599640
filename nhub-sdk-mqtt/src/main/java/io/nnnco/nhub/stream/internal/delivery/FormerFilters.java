package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.internal.TopicGrammar;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topic filters that an earlier use of a durable name has left in its session. MQTT has no way to
 * ask for them; a message that nobody asked for gives them away, and the forms are those that this
 * SDK subscribes to. For one connection, and one thread.
 *
 * <p>What is found is remembered, and topics are what their senders like, so it is bounded: beyond
 * that, the rest is left for the next connection to find.
 */
final class FormerFilters {
  /** Each of up to two bytes. */
  static final int MOST_CHARACTERS = 1 << 20;

  static final int MOST_FILTERS = 10_000;

  private static final Logger log = LoggerFactory.getLogger(FormerFilters.class);

  private final SubscribeOptions options;
  private final Set<String> told;
  private final Set<String> found = new LinkedHashSet<>();
  private int filters;
  private int characters;
  private boolean full;

  FormerFilters(SubscribeOptions options) {
    this.options = options;
    this.told = new HashSet<>(options.topicFilters());
    if (options.sharedGroup() != null) {
      // What the name once received alone would come besides its share.
      String share = TopicGrammar.shared(options.sharedGroup(), "");
      options.topicFilters().forEach(filter -> find(filter.substring(share.length())));
    }
  }

  /** Looks at a message's topic, null where it is not a device's. */
  void look(@Nullable DeviceTopic topic) {
    if (!full && topic != null && !isAskedFor(topic)) {
      String prefix = topic.enterprise().topicPrefix();
      find(TopicGrammar.allBelow(prefix));
      find(TopicGrammar.topic(prefix, TopicGrammar.ANY_LEVEL, topic.level()));
      find(TopicGrammar.topic(prefix, topic.deviceId(), TopicGrammar.ANY_LEVEL));
      find(topic.toString());
    }
  }

  private void find(String filter) {
    if (full || told.contains(filter)) {
      return;
    }
    if (filters == MOST_FILTERS || characters + filter.length() > MOST_CHARACTERS) {
      full = true;
      log.warn(
          "The session has more topic filters of an earlier use than are dropped on one connection;"
              + " the rest is looked for on the next one");
      return;
    }
    filters++;
    characters += filter.length();
    told.add(filter);
    found.add(filter);
  }

  private boolean isAskedFor(DeviceTopic topic) {
    Set<MessageKind> kinds = options.kinds();
    Set<String> devices = options.devices();
    return (kinds.isEmpty() || topic.kind().filter(kinds::contains).isPresent())
        && (devices.isEmpty() || devices.contains(topic.deviceId()))
        && options.enterprises().contains(topic.enterprise());
  }

  /** What may be behind all that was looked at, each once; most often nothing. */
  List<String> take() {
    List<String> taken = List.copyOf(found);
    found.clear();
    return taken;
  }
}
