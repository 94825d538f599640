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
import io.nnnco.nhub.stream.error.HandlerException;
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
  private final HandlerThreads threads;
  private final Observers observers;
  private final Verdicts verdicts;
  private final Counters counters;
  private final Function<ReceivedMessage, DeviceMessage> decoder;
  private final ScheduledExecutorService timer;
  private final AtomicInteger shortOfMemory = new AtomicInteger();
  private final Deadlines deadlines;
  private final Retries retries;
  private final LastResorts lastResorts;
  private final TimestampUnits timestampUnits;
  private volatile boolean abandoned;
  private volatile @Nullable Decoded lastDecoded;

  private record Decoded(Instant arrivedAt, Instant stamped) {}

  /** Where verdicts go. */
  interface Verdicts {
    /** The message may be acknowledged. */
    void settled(ReceivedMessage message);

    /** A message has no verdict, and gets none. */
    void abandoned();

    /** Whether nothing more can come, though most of what came is finished. */
    boolean isHeldUp();
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
      Observers observers,
      Function<ReceivedMessage, DeviceMessage> decoder,
      Verdicts verdicts) {
    this.handler = handler;
    FailurePolicy policy = options.failurePolicy();
    this.threads = new HandlerThreads(workers);
    this.counters = counters;
    this.observers = observers;
    this.decoder = decoder;
    this.timer = timer;
    this.verdicts = verdicts;
    Duration deadline = handler instanceof SelfPacedHandler ? FOREVER : options.handlerDeadline();
    this.deadlines = new Deadlines(deadline, timer, time.nanos());
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
      afterShortage(() -> begin(received, finished));
      return;
    } catch (RuntimeException | Error e) { // A defect of the decoder is one message's, too.
      undecodable(received, e, finished);
      return;
    }
    attempt(new MessageTask(received, message, this, finished));
  }

  /** Goes on when there may be memory to decode a message. */
  void afterShortage(Runnable next) {
    shortOfMemory.incrementAndGet();
    timer.schedule(
        () -> {
          shortOfMemory.decrementAndGet();
          execute(next);
        },
        SHORTAGE.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** A batch is complete. */
  void begin(List<ReceivedMessage> batch, BatchedHandler batched, BatchLanes lanes) {
    if (abandoned) {
      abandoned(batch.size());
    } else {
      new BatchSearch(batched, this, lanes).begin(batch);
    }
  }

  /** Throws what the decoder throws. */
  DeviceMessage decode(ReceivedMessage received) {
    DeviceMessage message = decoder.apply(received);
    timestampUnits.look(message, received.arrivedAt());
    observers.decoded(message, received);
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
    if (!retries.admits(call)) {
      call.leave();
      return;
    }
    call.attempt();
    if (handler instanceof SelfPacedHandler selfPaced) {
      selfPaced.begun();
    }
  }

  /** The interceptors' code is user code. */
  void timedOut(List<ReceivedMessage> messages, HandlerException cause) {
    threads.runAsHandler(() -> messages.forEach(each -> observers.timedOut(each, cause)));
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

  /** A part of a batch has failed, and is not called for again as it was. */
  void partFailed(BatchCall call) {
    retries.probeFailed(call);
  }

  /** The part was of one message; that message goes on alone. */
  void failedAlone(DeliveredMessage message, Throwable cause, BatchLanes lanes) {
    failed(MessageTask.ofBatch(message, this, lanes), cause);
  }

  /** The part was of several messages, and the handler says which one is at fault. */
  void failedByName() {
    counters.failedAttempts.increment();
  }

  /** The part was of several messages, and nobody knows which one is at fault. */
  void failedTogether(BatchCall call, Throwable cause) {
    counters.failedAttempts.increment();
    retries.failedTogether(call, cause);
  }

  /** Whether a message of that kind has failed since the last success of one. */
  boolean isTroubled(Class<?> kind) {
    return retries.isTroubled(kind);
  }

  /** Whether nothing is to begin any more. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** So many messages have no verdict, and get none. */
  void abandoned(int messages) {
    for (int i = 0; i < messages; i++) {
      verdicts.abandoned();
    }
  }

  private final class CallsOnWorkers implements Retries.Caller {
    @Override
    public void callAgain(HandlerCall call) {
      call.execute(() -> unlessAbandoned(call.size(), () -> attempt(call)));
    }

    @Override
    public boolean isHeldUp() {
      return verdicts.isHeldUp();
    }

    @Override
    public void giveUp(HandlerCall call, Throwable cause) {
      Handling.this.giveUp(
          new FailedMessage(call.received(), cause, call.attempts()),
          ((MessageTask) call).finished());
    }

    @Override
    public void abandoned(HandlerCall call) {
      Handling.this.abandoned(call.size());
    }
  }

  private void unlessAbandoned(int messages, Runnable task) {
    if (abandoned) {
      abandoned(messages);
    } else {
      task.run();
    }
  }

  /** The message cannot be handled: the last resort deals with it, on a worker. */
  private void giveUp(FailedMessage failure, Runnable finished) {
    execute(() -> unlessAbandoned(1, () -> lastResort(failure, finished)));
  }

  private void lastResort(FailedMessage failure, Runnable finished) {
    if (lastResorts.deal(failure)) {
      settle((ReceivedMessage) failure.delivery());
      finished.run();
    } else {
      verdicts.abandoned();
    }
  }

  void execute(Runnable task) {
    threads.execute(task);
  }

  /** The threads that run handlers. */
  HandlerThreads threads() {
    return threads;
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

  Observers observers() {
    return observers;
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
