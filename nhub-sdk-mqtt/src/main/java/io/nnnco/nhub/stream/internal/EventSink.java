package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.internal.OwnThreads;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionListener;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the user's listener, one at a time and in order. Not on the workers: when
 * handlers block all of them, the listener must still be told. What waits for a slow listener is
 * bounded: {@link EventBacklog}.
 */
final class EventSink {
  private static final Logger log = LoggerFactory.getLogger(EventSink.class);

  private final SubscriptionListener listener;
  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final EventBacklog events = new EventBacklog();
  private boolean delivering;
  private boolean ended;

  /**
   * On a daemon thread of its own, which lives as long as there are events, with the context class
   * loader of the calling one.
   *
   * @param timer for a thread that cannot be had at the moment
   */
  EventSink(SubscriptionListener listener, ScheduledExecutorService timer) {
    this(listener, timer, starter(Thread.currentThread().getContextClassLoader()));
  }

  EventSink(SubscriptionListener listener, ScheduledExecutorService timer, Executor executor) {
    this.listener = listener;
    this.timer = timer;
    this.executor = executor;
  }

  private static Executor starter(@Nullable ClassLoader loader) {
    return task -> OwnThreads.daemon("nhub-events", task, loader).start();
  }

  /** No event follows the end, although a handler may still fail later. */
  void emit(SubscriptionEvent event) {
    synchronized (events) {
      if (ended) {
        return;
      }
      ended = event instanceof SubscriptionEvent.Closed;
      if (events.add(event)) {
        log.warn("An event listener is too slow and misses events; EventsDropped says how many");
      }
      if (delivering) {
        return;
      }
      delivering = true;
    }
    begin();
  }

  private void begin() {
    try {
      executor.execute(this::deliver);
    } catch (OutOfMemoryError e) { // Who emits has more to do, such as to connect again.
      beginLater();
      log.warn("The machine has no more threads: events wait for one", e);
    }
  }

  /** Not with the next event: this may be the last. */
  private void beginLater() {
    try {
      timer.schedule(this::begin, 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      log.warn("The client is closed and the machine has no more threads; events are lost");
    }
  }

  private void deliver() {
    while (true) {
      SubscriptionEvent event;
      synchronized (events) {
        event = events.poll();
        if (event == null) {
          delivering = false;
          return;
        }
      }
      try {
        listener.onEvent(event);
      } catch (Throwable t) { // A listener's Error must not end the delivery of events.
        log.error("An event listener failed", t);
      }
    }
  }
}
