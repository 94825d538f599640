package io.nnnco.nhub.stream.internal.adapter;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber and its subscription. Messages come on many threads and queue up; one thread at a
 * time, whichever it is, signals what is queued and requested (Reactive Streams, rule 1.3), in a
 * loop instead of a recursion (rule 3.3 there).
 */
final class PublishedSubscription implements Flow.Subscription, SelfPacedHandler {
  private static final Logger log = LoggerFactory.getLogger(PublishedSubscription.class);

  private final Executor workers;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicInteger signalling = new AtomicInteger();

  /** How it ended: empty for {@code onComplete}, or the error. */
  private final AtomicReference<@Nullable Optional<Throwable>> end = new AtomicReference<>();

  private @Nullable RealSubscription subscription;
  private volatile Flow.@Nullable Subscriber<? super DeliveredMessage> subscriber;
  private volatile boolean cancelled;

  /** Set when {@code onSubscribe} has returned: nothing may be signalled before. */
  private volatile boolean begun;

  PublishedSubscription(Flow.Subscriber<? super DeliveredMessage> subscriber, Executor workers) {
    this.subscriber = subscriber;
    this.workers = workers;
  }

  void begin(Opener opener) {
    call("onSubscribe", subscriber -> subscriber.onSubscribe(this));
    try {
      if (!cancelled && end.get() == null) {
        subscription = opener.open(this);
      }
    } catch (NHubException | IllegalStateException e) {
      end.compareAndSet(null, Optional.of(e));
      begun = true;
      signal(); // Here, as a client that is closed may have no workers any more.
      return;
    }
    begun = true;
    schedule();
  }

  @Override
  public CompletionStage<?> handle(DeviceMessage message, Delivery delivery) {
    Waiting waiting = Waiting.of(message, delivery);
    queue.add(waiting);
    schedule();
    return waiting.handled();
  }

  @Override
  public void ended(@Nullable NHubException cause) {
    end(cause);
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      end(new IllegalArgumentException("Rule 3.9: request(n) takes n > 0, not " + n + "."));
    } else {
      demand.accumulateAndGet(n, (left, more) -> left + more < 0 ? Long.MAX_VALUE : left + more);
      schedule();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    signal(); // Here, so that it also works without workers; once cancelled, no user code is
    // called.
  }

  private void end(@Nullable Throwable failure) {
    end.compareAndSet(null, Optional.ofNullable(failure));
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      workers.execute(
          () -> {
            scheduled.set(false);
            signal();
          });
    }
  }

  private void signal() {
    if (!begun || signalling.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      signalQueued();
      seen = signalling.addAndGet(-seen);
    } while (seen != 0);
  }

  private void signalQueued() {
    while (!cancelled) {
      Optional<Throwable> ended = end.get();
      if (ended != null) {
        cancelled = true;
        call(
            "onComplete or onError",
            last -> ended.ifPresentOrElse(last::onError, last::onComplete));
      } else if (demand.get() == 0 || !signalNext()) {
        return;
      }
    }
    release();
  }

  private boolean signalNext() {
    Waiting next = queue.poll();
    if (next == null) {
      return false;
    }
    demand.getAndUpdate(left -> left == Long.MAX_VALUE ? left : left - 1);
    if (call("onNext", subscriber -> subscriber.onNext(next.message()))) {
      next.acknowledge();
    }
    return true;
  }

  /**
   * Calls the subscriber; one that throws is as good as cancelled (rule 2.13 of Reactive Streams).
   */
  private boolean call(String method, Consumer<Flow.Subscriber<? super DeliveredMessage>> call) {
    Flow.Subscriber<? super DeliveredMessage> called = subscriber;
    if (called == null) {
      return false;
    }
    try {
      asHandler(() -> call.accept(called));
      return true;
    } catch (Throwable t) { // An Error ends this subscriber only.
      cancelled = true;
      log.error("A subscriber's {} failed, which ends its subscription", method, t);
      return false;
    }
  }

  private void asHandler(Runnable userCode) {
    RealSubscription open = subscription;
    if (open == null) {
      userCode.run();
    } else {
      open.runAsHandler(userCode);
    }
  }

  /**
   * Forgets the subscriber (rule 3.13 of Reactive Streams), and ends the subscription; what waits
   * is not finished.
   */
  private void release() {
    subscriber = null;
    queue.clear();
    RealSubscription open = subscription;
    subscription = null; // Once is enough: ended() is called again.
    if (open != null) {
      open.beginClose(Duration.ZERO, false);
    }
  }
}
