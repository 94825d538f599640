package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.HandlerInterceptor.Settlement;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to messages to the metrics that were added, and to the interceptors of the
 * handler. Most often there are neither, which costs no more than a look. Thread-safe.
 */
public final class Observers {
  private static final SubscriptionMetrics[] NONE = {};

  private final List<HandlerInterceptor> interceptors;
  private final Logger log;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private volatile SubscriptionMetrics[] metrics = NONE;

  /** No metrics yet, and the interceptors of the handler. */
  public Observers(List<HandlerInterceptor> interceptors) {
    this(interceptors, LoggerFactory.getLogger(SubscriptionMetrics.class));
  }

  Observers(List<HandlerInterceptor> interceptors, Logger log) {
    this.interceptors = interceptors;
    this.log = log;
  }

  /** From now on these metrics are told, too. */
  public synchronized void add(SubscriptionMetrics added) {
    List<SubscriptionMetrics> more = new ArrayList<>(List.of(metrics));
    more.add(added);
    metrics = more.toArray(NONE);
  }

  /** From now on these metrics are told no more; or once less, if they were added several times. */
  public synchronized void remove(SubscriptionMetrics removed) {
    List<SubscriptionMetrics> fewer = new ArrayList<>(List.of(metrics));
    for (int i = 0; i < fewer.size(); i++) {
      if (fewer.get(i) == removed) {
        fewer.remove(i);
        break;
      }
    }
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

  /** A message that a batch puts back is decoded again; only the first time counts. */
  void decoded(DeviceMessage message, ReceivedMessage received) {
    SubscriptionMetrics[] told = metrics;
    if (told.length == 0 || !received.isFirstDecoding()) {
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

  /** Whether handler calls are intercepted. */
  boolean intercept() {
    return !interceptors.isEmpty();
  }

  void timedOut(ReceivedMessage message, HandlerException cause) {
    for (HandlerInterceptor each : interceptors) {
      try {
        each.timedOut(message, cause);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  /** Who is to be told what becomes of the acknowledgement of a message. */
  List<Settlement> settling(ReceivedMessage message) {
    if (interceptors.isEmpty()) {
      return List.of();
    }
    List<Settlement> settlements = new ArrayList<>(interceptors.size());
    for (HandlerInterceptor each : interceptors) {
      try {
        Settlement one = each.settling(message);
        if (one != null) {
          settlements.add(one);
        }
      } catch (Throwable t) { // The message has its verdict already.
        failed(t);
      }
    }
    return settlements;
  }

  void settled(List<Settlement> settlements) {
    tell(settlements, Settlement::acknowledged);
  }

  void lost(List<Settlement> settlements) {
    tell(settlements, Settlement::lost);
  }

  private void tell(List<Settlement> settlements, Consumer<Settlement> what) {
    for (Settlement each : settlements) {
      try {
        what.accept(each);
      } catch (Throwable t) {
        failed(t);
      }
    }
  }

  void acknowledged(long took) {
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
      log.atError()
          .setCause(failure)
          .log(
              "Metrics or an interceptor of a subscription failed, which harms no message; further"
                  + " failures of the subscription's are not logged");
    }
  }
}
