package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes each message from its lane to its verdict: decoder, handler, retries, last resort.
 *
 * <p>Thread-safe.
 */
final class Handling {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final AsyncMessageHandler handler;
  private final FailurePolicy policy;
  private final Workers workers;
  private final ScheduledExecutorService timer;
  private final Time time;
  private final DeliveryListener listener;
  private final Verdicts verdicts;
  private final Counters counters;
  private final MessageDecoder decoder = new MessageDecoder();
  private final Deadlines deadlines;
  private final LastResorts lastResorts;
  private final TimestampUnits timestampUnits;
  private final ThreadLocal<Boolean> insideHandler = new ThreadLocal<>();
  private final AtomicInteger toBeCalledAgain = new AtomicInteger();
  private volatile boolean abandoned;
  private volatile @Nullable Decoded lastDecoded;

  private record Decoded(Instant arrivedAt, Instant stamped) {}

  /** Where verdicts go. */
  interface Verdicts {
    /** The message may be acknowledged. */
    void settled(ReceivedMessage message);

    /** A message has no verdict, and gets none. */
    void abandoned();
  }

  Handling(
      AsyncMessageHandler handler,
      SubscribeOptions options,
      Workers workers,
      ScheduledExecutorService timer,
      Time time,
      Counters counters,
      DeliveryListener listener,
      Verdicts verdicts) {
    this.handler = handler;
    this.policy = options.failurePolicy();
    this.workers = workers;
    this.timer = timer;
    this.time = time;
    this.counters = counters;
    this.listener = listener;
    this.verdicts = verdicts;
    Duration deadline = handler instanceof SelfPacedHandler ? FOREVER : options.handlerDeadline();
    this.deadlines = new Deadlines(deadline, timer, time.nanos());
    this.lastResorts = new LastResorts(policy, counters, listener, time.wall());
    this.timestampUnits = new TimestampUnits(listener);
  }

  /**
   * A message's turn has come; {@code finished} is to be run when the next of its lane may begin.
   */
  void begin(ReceivedMessage received, Runnable finished) {
    if (abandoned) {
      verdicts.abandoned();
      return;
    }
    DeviceMessage message;
    try {
      message = decode(received);
    } catch (RuntimeException | Error e) { // A defect of the decoder is one message's, too.
      counters.undecodable.increment();
      giveUp(received, e, 0, finished);
      return;
    }
    timestampUnits.look(message, received.arrivedAt());
    lastDecoded = new Decoded(received.arrivedAt(), message.timestamp());
    attempt(new MessageTask(received, message, this, finished));
  }

  private void attempt(MessageTask task) {
    task.attempt();
    if (handler instanceof SelfPacedHandler selfPaced) {
      selfPaced.begun();
    }
  }

  private DeviceMessage decode(ReceivedMessage received) {
    DeviceTopic topic = received.deviceTopic();
    byte[] bytes = received.bytes();
    return topic == null
        ? decoder.decode((MessageKind) null, bytes, 0, bytes.length)
        : decoder.decode(topic, bytes, 0, bytes.length);
  }

  void succeeded(ReceivedMessage received, Runnable finished) {
    counters.handled.increment();
    settle(received, finished);
  }

  private void settle(ReceivedMessage received, Runnable finished) {
    verdicts.settled(received);
    finished.run();
  }

  /** The handler failed, and is to be called again after a while. */
  void retry(MessageTask task, Throwable cause, int attempt, Duration delay) {
    counters.failedAttempts.increment();
    if (abandoned) {
      verdicts.abandoned();
      return;
    }
    listener.onEvent(
        new SubscriptionEvent.HandlerRetry(
            time.wall().instant(), task.received(), cause, attempt, delay));
    toBeCalledAgain.incrementAndGet();
    timer.schedule(() -> due(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** From now on it waits for a free worker, which is no waiting of its own choice. */
  private void due(MessageTask task) {
    toBeCalledAgain.decrementAndGet();
    execute(() -> unlessAbandoned(() -> attempt(task)));
  }

  private void unlessAbandoned(Runnable task) {
    if (abandoned) {
      verdicts.abandoned();
    } else {
      task.run();
    }
  }

  /** The message cannot be handled: the last resort deals with it, on a worker. */
  void giveUp(ReceivedMessage received, Throwable cause, int attempts, Runnable finished) {
    if (attempts > 0) {
      counters.failedAttempts.increment();
    }
    FailedMessage failure = new FailedMessage(received, cause, attempts);
    execute(() -> unlessAbandoned(() -> lastResort(failure, received, finished)));
  }

  private void lastResort(FailedMessage failure, ReceivedMessage received, Runnable finished) {
    if (lastResorts.deal(failure)) {
      settle(received, finished);
    } else {
      verdicts.abandoned();
    }
  }

  /** What runs on a worker is user code, for as long as it has the worker. */
  void execute(Runnable task) {
    workers.execute(() -> runAsHandler(task));
  }

  /** Runs user code that {@link #isInsideHandler()} is to take for a handler. */
  void runAsHandler(Runnable userCode) {
    boolean inside = isInsideHandler();
    insideHandler.set(true);
    try {
      userCode.run();
    } finally {
      if (!inside) {
        insideHandler.remove();
      }
    }
  }

  /** Whether the calling thread is in a handler, and so must not wait for it. */
  boolean isInsideHandler() {
    return insideHandler.get() != null;
  }

  /** Begins nothing any more; handlers that run are let run. */
  void abandon() {
    abandoned = true;
    deadlines.stop();
  }

  AsyncMessageHandler handler() {
    return handler;
  }

  FailurePolicy policy() {
    return policy;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Whether messages wait until their handler is called again. */
  boolean isRetrying() {
    return toBeCalledAgain.get() > 0;
  }

  /** When the last message was sent, of those decoded; null before the first. */
  @Nullable Instant lastSentAt() {
    Decoded last = lastDecoded;
    return last == null ? null : last.stamped();
  }

  /** How old the last message was when it came, of those decoded; null before the first. */
  @Nullable Duration lag() {
    Decoded last = lastDecoded;
    return last == null ? null : Duration.between(last.stamped(), last.arrivedAt());
  }
}
