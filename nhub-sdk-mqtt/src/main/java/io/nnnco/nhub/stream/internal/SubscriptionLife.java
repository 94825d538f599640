package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.delivery.DeliveryListener;
import io.nnnco.nhub.stream.internal.delivery.Observers;
import io.nnnco.nhub.stream.internal.log.SubscriptionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription has come, for whoever asks or waits: the connection and the pipeline
 * report here, and know nothing of each other's reports. Thread-safe.
 */
final class SubscriptionLife implements DeliveryListener {
  private final SubscriptionLog log;
  private final Observers observers;
  private final EventSink events;
  private final CompletableFuture<NHubException> stop = new CompletableFuture<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final AtomicLong subscribed = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile SubscriptionState state = SubscriptionState.CONNECTING;
  private volatile @Nullable NHubException lastFailure;
  private volatile @Nullable Instant subscribedSince;

  SubscriptionLife(SubscriptionLog log, Observers observers, EventSink events) {
    this.log = log;
    this.observers = observers;
    this.events = events;
  }

  SubscriptionState state() {
    return state;
  }

  /** The last failure, null if none since it was last subscribed. */
  @Nullable NHubException lastFailure() {
    return lastFailure;
  }

  /** Since when it has been subscribed, null when it is not. */
  @Nullable Instant subscribedSince() {
    return subscribedSince;
  }

  /** Connections made after the first one. */
  long reconnects() {
    return Math.max(0, subscribed.get() - 1);
  }

  /** Completes with the first reason of the pipeline's to stop. */
  CompletableFuture<NHubException> stop() {
    return stop;
  }

  /** Completes with the subscription, on the control thread. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  /** The state that the next events belong to. */
  void enter(SubscriptionState next) {
    state = next;
  }

  /** Those who wait are to look again. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Subscribed up) {
      subscribedSince = up.at();
      subscribed.incrementAndGet();
      lastFailure = null;
    } else if (event instanceof SubscriptionEvent.Disconnected down) {
      subscribedSince = null;
      lastFailure = down.cause();
    } else if (event instanceof SubscriptionEvent.CredentialsRefused refused
        && state == SubscriptionState.REFUSED) {
      subscribedSince = null;
      lastFailure = refused.cause();
    } else if (event instanceof SubscriptionEvent.Closed end) {
      lastFailure = end.cause();
    }
    log.tell(event, state);
    observers.event(event);
    events.emit(event);
  }

  @Override
  public void onStop(NHubException cause) {
    stop.complete(cause);
  }

  /** The end: after {@code close()}, or by a terminal error. */
  void finish(@Nullable NHubException cause) {
    subscribedSince = null;
    if (cause == null) {
      finished.complete(null);
    } else {
      finished.completeExceptionally(cause);
    }
    signal();
  }

  boolean hasFinished() {
    return finished.isDone();
  }

  /** Waits until it is subscribed or has finished, at most for so long. */
  void awaitSubscribed(Duration timeout) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (state != SubscriptionState.SUBSCRIBED && !hasFinished() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end, and throws the terminal error. */
  void awaitFinished() throws InterruptedException {
    try {
      finished.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NHubException cause ? cause : new IllegalStateException(e);
    }
  }

  /**
   * Waits for the end, whatever it is.
   *
   * @return whether the waiting thread was interrupted
   */
  boolean awaitFinished(long nanos) {
    try {
      finished.get(nanos, TimeUnit.NANOSECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
