package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchFailedException;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes each message from its lane to its verdict: decoder, handler, retries, last resort.
 *
 * <p>Thread-safe.
 */
final class Handling {
  private static final MessageDecoder DECODER = new MessageDecoder();

  /** Until a message is decoded again for which there was no memory. */
  private static final Duration SHORTAGE = Duration.ofSeconds(1);

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final AsyncMessageHandler handler;
  private final Workers workers;
  private final Verdicts verdicts;
  private final Counters counters;
  private final Function<ReceivedMessage, DeviceMessage> decoder;
  private final ScheduledExecutorService timer;
  private final AtomicInteger shortOfMemory = new AtomicInteger();
  private final Deadlines deadlines;
  private final Retries retries;
  private final LastResorts lastResorts;
  private final TimestampUnits timestampUnits;
  private final ThreadLocal<Boolean> insideHandler = new ThreadLocal<>();
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
      DoubleSupplier random,
      Counters counters,
      DeliveryListener listener,
      Function<ReceivedMessage, DeviceMessage> decoder,
      Verdicts verdicts) {
    this.handler = handler;
    FailurePolicy policy = options.failurePolicy();
    this.workers = workers;
    this.counters = counters;
    this.decoder = decoder;
    this.timer = timer;
    this.verdicts = verdicts;
    Duration deadline = handler instanceof SelfPacedHandler ? FOREVER : options.handlerDeadline();
    this.deadlines = new Deadlines(deadline, timer, time.nanos(), counters::handled);
    this.retries = new Retries(policy, timer, time, random, listener, new CallsOnWorkers());
    this.lastResorts = new LastResorts(policy, counters, listener, time.wall());
    this.timestampUnits = new TimestampUnits(listener);
  }

  /**
   * A message's turn has come.
   *
   * @param finished to be run when the next of its lane may begin
   */
  void begin(ReceivedMessage received, Runnable finished) {
    if (abandoned) {
      verdicts.abandoned();
      return;
    }
    DeviceMessage message;
    try {
      message = decode(received);
    } catch (OutOfMemoryError e) { // No fault of the message's.
      beginLater(received, finished);
      return;
    } catch (RuntimeException | Error e) { // A defect of the decoder is one message's, too.
      undecodable(received, e, finished);
      return;
    }
    attempt(new MessageTask(received, message, this, finished));
  }

  /** The message is kept until there may be memory to decode it. */
  void beginLater(ReceivedMessage received, Runnable finished) {
    shortOfMemory.incrementAndGet();
    timer.schedule(
        () -> {
          shortOfMemory.decrementAndGet();
          execute(() -> begin(received, finished));
        },
        SHORTAGE.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** A batch is complete. */
  void begin(List<ReceivedMessage> batch, BatchedHandler batched, BatchLanes lanes) {
    if (abandoned) {
      batch.forEach(message -> verdicts.abandoned());
    } else {
      new BatchSearch(batched, this, lanes).begin(batch);
    }
  }

  /** Throws what the decoder throws. */
  DeviceMessage decode(ReceivedMessage received) {
    DeviceMessage message = decoder.apply(received);
    timestampUnits.look(message, received.arrivedAt());
    lastDecoded = new Decoded(received.arrivedAt(), message.timestamp());
    return message;
  }

  /** Decodes a payload by its topic. */
  static DeviceMessage read(ReceivedMessage received) {
    DeviceTopic topic = received.deviceTopic();
    byte[] bytes = received.bytes();
    return topic == null
        ? DECODER.decode((MessageKind) null, bytes, 0, bytes.length)
        : DECODER.decode(topic, bytes, 0, bytes.length);
  }

  void undecodable(ReceivedMessage received, Throwable cause, Runnable finished) {
    counters.undecodable.increment();
    giveUp(new FailedMessage(received, cause, 0), finished);
  }

  /** Makes a call now, or when the outage is over that forbids it. */
  void attempt(HandlerCall call) {
    if (retries.admits(call)) {
      attemptNow(call);
    }
  }

  private void attemptNow(HandlerCall call) {
    call.attempt();
    if (handler instanceof SelfPacedHandler selfPaced) {
      selfPaced.begun();
    }
  }

  void succeeded(HandlerCall call) {
    counters.handled.add(call.size());
    retries.succeeded(call);
  }

  /** The message may be acknowledged. */
  void settle(ReceivedMessage message) {
    verdicts.settled(message);
  }

  void failed(MessageTask task, Throwable cause) {
    counters.failedAttempts.increment();
    retries.failed(task, ofTheMessage(cause));
  }

  /** A handler of batches may name the one message that it got. */
  private static Throwable ofTheMessage(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof BatchFailedException && cause != null ? cause : failure;
  }

  /** A part of a batch has failed, of one message; that message goes on alone. */
  void failedInBatch(BatchCall call, DeliveredMessage message, Throwable cause, Runnable finished) {
    retries.probeFailed(call);
    failed(MessageTask.ofBatch(message, this, finished), cause);
  }

  /** A part of a batch has failed, and the handler says why. */
  void partFailed(BatchCall call) {
    counters.failedAttempts.increment();
    retries.probeFailed(call);
  }

  /** A part of a batch has failed; whether it waits for the end of an outage. */
  boolean keepsInOutage(BatchCall call, Throwable cause) {
    counters.failedAttempts.increment();
    return retries.failedTogether(call, cause);
  }

  /** Whether something has failed since the last success. */
  boolean isTroubled() {
    return retries.isTroubled();
  }

  private final class CallsOnWorkers implements Retries.Caller {
    @Override
    public void callAgain(HandlerCall call) {
      execute(() -> unlessAbandoned(() -> attemptNow(call)));
    }

    @Override
    public void giveUp(HandlerCall call, Throwable cause) {
      Handling.this.giveUp(
          new FailedMessage(call.received(), cause, call.attempts()),
          ((MessageTask) call).finished());
    }

    @Override
    public void abandoned(HandlerCall call) {
      for (int i = 0; i < call.size(); i++) {
        verdicts.abandoned();
      }
    }
  }

  private void unlessAbandoned(Runnable task) {
    if (abandoned) {
      verdicts.abandoned();
    } else {
      task.run();
    }
  }

  /** The message cannot be handled: the last resort deals with it, on a worker. */
  private void giveUp(FailedMessage failure, Runnable finished) {
    execute(() -> unlessAbandoned(() -> lastResort(failure, finished)));
  }

  private void lastResort(FailedMessage failure, Runnable finished) {
    if (lastResorts.deal(failure)) {
      settle((ReceivedMessage) failure.delivery());
      finished.run();
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
    retries.stop();
  }

  AsyncMessageHandler handler() {
    return handler;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Whether messages wait until their handler is called again. */
  boolean isRetrying() {
    return retries.areWaiting() || shortOfMemory.get() > 0;
  }

  /** The outage of the application's own side; null if there is none. */
  @Nullable HandlerOutage outage() {
    return retries.outage();
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
