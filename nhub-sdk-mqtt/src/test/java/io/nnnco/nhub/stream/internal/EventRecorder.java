package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.Eventually;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events of a subscription, which come on a thread of their own. */
public final class EventRecorder {
  private final List<SubscriptionEvent> events = new CopyOnWriteArrayList<>();

  /** The listener. */
  public void add(SubscriptionEvent event) {
    events.add(event);
  }

  /** Those of one kind, so far. */
  public <E extends SubscriptionEvent> List<E> of(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for so many of a kind. */
  public <E extends SubscriptionEvent> List<E> assertHas(int count, Class<E> kind) {
    Eventually.isTrue(() -> count + " " + kind + " in " + events, () -> of(kind).size() == count);
    return of(kind);
  }
}
