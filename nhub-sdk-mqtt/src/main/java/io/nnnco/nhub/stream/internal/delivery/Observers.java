package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to messages to the metrics that were added, and to the interceptors of the
 * handler. Most often there are neither, which costs no more than a look. Thread-safe.
 */
public final class Observers {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionMetrics.class);
  private static final SubscriptionMetrics[] NONE = {};

  private final List<HandlerInterceptor> interceptors;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private volatile SubscriptionMetrics[] metrics = NONE;

  /** No metrics yet, and the interceptors of the handler. */
  public Observers(List<HandlerInterceptor> interceptors) {
    this.interceptors = interceptors;
  }

  /** From now on these metrics are told, too. */
  public synchronized void add(SubscriptionMetrics added) {
    List<SubscriptionMetrics> more = new ArrayList<>(List.of(metrics));
    more.add(added);
    metrics = more.toArray(NONE);
  }

  /** From now on these metrics are told no more. */
  public synchronized void remove(SubscriptionMetrics removed) {
    List<SubscriptionMetrics> fewer = new ArrayList<>(List.of(metrics));
    fewer.removeIf(each -> each == removed);
    metrics = fewer.toArray(NONE);
  }

  /** These metrics are told that the subscription is over, and nothing after that. */
  public void end(SubscriptionMetrics ended) {
    remove(ended);
    try {
      ended.ended();
    } catch (Throwable t) { // It must not keep the subscription from its end.
      failed(t);
    }
  }

  /** Whether anybody is told. */
  boolean areTold() {
    return metrics.length > 0 || !interceptors.isEmpty();
  }

  void received(ReceivedMessage message) {
    for (SubscriptionMetrics each : metrics) {
      try {
        each.received(message, message.bytes().length);
      } catch (Throwable t) { // It must not harm what it measures.
        failed(t);
      }
    }
  }

  void decoded(DeviceMessage message, ReceivedMessage received) {
    SubscriptionMetrics[] told = metrics;
    if (told.length == 0) {
      return;
    }
    long lag = received.arrivedAt().toEpochMilli() - message.timestamp().toEpochMilli();
    for (SubscriptionMetrics each : told) {
      try {
        each.decoded(message, lag);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  /** The handler is called for a message; only the first time counts. */
  void called(ReceivedMessage message, long now) {
    SubscriptionMetrics[] told = metrics;
    if (told.length == 0 || !message.isFirstCall()) {
      return;
    }
    for (SubscriptionMetrics each : told) {
      try {
        each.called(message, now - message.arrivedNanos());
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  void completed(HandlerOutcome outcome, int messages, long took) {
    for (SubscriptionMetrics each : metrics) {
      try {
        each.completed(outcome, messages, took);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  /** What is to be run when the message was acknowledged. */
  List<Runnable> settling(ReceivedMessage message) {
    if (interceptors.isEmpty()) {
      return List.of();
    }
    List<Runnable> whenSent = new ArrayList<>();
    for (HandlerInterceptor each : interceptors) {
      try {
        Runnable one = each.settling(message);
        if (one != null) {
          whenSent.add(one);
        }
      } catch (Throwable t) { // The message has its verdict already.
        failed(t);
      }
    }
    return whenSent;
  }

  void acknowledged(List<Runnable> whenSent, long took) {
    for (Runnable each : whenSent) {
      try {
        each.run();
      } catch (Throwable t) {
        failed(t);
      }
    }
    for (SubscriptionMetrics each : metrics) {
      try {
        each.acknowledged(took);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  /** Something happened to the subscription. */
  public void event(SubscriptionEvent event) {
    for (SubscriptionMetrics each : metrics) {
      try {
        each.onEvent(event);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  private void failed(Throwable failure) {
    if (!hasFailed.getAndSet(true)) {
      log.error("An observer of messages failed; its further failures are not logged", failure);
    }
  }
}
