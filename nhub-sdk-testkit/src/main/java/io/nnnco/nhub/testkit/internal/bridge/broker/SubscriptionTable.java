package io.nnnco.nhub.testkit.internal.bridge.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The subscriptions of all sessions. A filter that several share is matched once. */
final class SubscriptionTable {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Adds or replaces a subscription; returns whether it is new. */
  boolean put(Session session, BrokerSubscription subscription) {
    Entry entry =
        entries.computeIfAbsent(
            subscription.filter().text(), text -> new Entry(subscription.filter()));
    return entry.subscribers.put(session, subscription) == null;
  }

  /** Whether there was such a subscription. */
  boolean remove(Session session, String filter) {
    Entry entry = entries.get(filter);
    if (entry == null || entry.subscribers.remove(session) == null) {
      return false;
    }
    if (entry.subscribers.isEmpty()) {
      entries.remove(filter);
    }
    return true;
  }

  void removeAll(Session session) {
    entries.values().removeIf(entry -> entry.withdraw(session));
  }

  /** The session's filters. */
  List<String> filters(Session session) {
    return entries.values().stream()
        .filter(entry -> entry.subscribers.containsKey(session))
        .map(entry -> entry.filter.text())
        .toList();
  }

  /**
   * Passes each subscription that a topic matches, and that may receive it, to {@code own} or, for
   * the members of a share, one of them to {@code shared}.
   */
  void match(
      String topic,
      BiConsumer<Session, BrokerSubscription> own,
      BiConsumer<Session, BrokerSubscription> shared) {
    List<String> levels = TopicFilter.levels(topic);
    for (Entry entry : entries.values()) {
      if (!entry.filter.matches(levels)) {
        continue;
      }
      if (entry.filter.shared()) {
        Session member = entry.nextMember(topic);
        if (member != null) {
          shared.accept(member, entry.subscription(member));
        }
      } else {
        entry.subscribers.forEach(
            (session, subscription) -> {
              if (subscription.mayReceive(topic)) {
                own.accept(session, subscription);
              }
            });
      }
    }
  }

  private static final class Entry {
    final TopicFilter filter;
    final Map<Session, BrokerSubscription> subscribers = new LinkedHashMap<>();
    private int turn;

    Entry(TopicFilter filter) {
      this.filter = filter;
    }

    boolean withdraw(Session session) {
      subscribers.remove(session);
      return subscribers.isEmpty();
    }

    BrokerSubscription subscription(Session session) {
      BrokerSubscription subscription = subscribers.get(session);
      if (subscription == null) {
        throw new IllegalStateException("not a subscriber of " + filter.text());
      }
      return subscription;
    }

    /** In turn, of those that may receive it, connected members before the others; or null. */
    @Nullable Session nextMember(String topic) {
      List<Session> members =
          subscribers.keySet().stream()
              .filter(session -> subscription(session).mayReceive(topic))
              .toList();
      List<Session> connected = members.stream().filter(Session::connected).toList();
      List<Session> choice = connected.isEmpty() ? members : connected;
      return choice.isEmpty() ? null : choice.get(Math.floorMod(turn++, choice.size()));
    }
  }
}
