package io.nnnco.nhub.stream.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of a message: decoder, device lane, handler, ledger, back to the transport. Lives as long
 * as the subscription, over all its connections.
 *
 * <p>{@code connected}, {@code subscribed} and {@code disconnected}, and what comes by the {@link
 * Intake}, are called for transports and never block; everything is thread-safe.
 */
public final class DeliveryPipeline {
  private static final MessageDecoder DECODER = new MessageDecoder();

  /** Until a message is decoded again for which there was no memory. */
  private static final Duration SHORTAGE = Duration.ofSeconds(1);

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final AsyncMessageHandler handler;
  private final ThreadLocal<Boolean> insideHandler = new ThreadLocal<>();
  private final SubscribeOptions options;
  private final Workers workers;
  private final ScheduledExecutorService timer;
  private final Time time;
  private final DeliveryListener listener;
  private final Function<ReceivedMessage, DeviceMessage> decoder;
  private final Counters counters = new Counters();
  private final AckLedger ledger;
  private final Window<Arrival> window;
  private final Admission admission;
  private final Deadlines deadlines;
  private final LastResorts lastResorts;
  private final TimestampUnits timestampUnits;
  private final MessageTask.Surroundings surroundings = new TaskSurroundings();
  private final AtomicInteger toBeCalledAgain = new AtomicInteger();
  private volatile boolean abandoned;
  private volatile @Nullable Instant lastArrivedAt;
  private volatile @Nullable Decoded lastDecoded;

  private record Decoded(Instant arrivedAt, Instant stamped) {}

  /** A pipeline that waits for its first connection. */
  public DeliveryPipeline(
      AsyncMessageHandler handler,
      SubscribeOptions options,
      Workers workers,
      ScheduledExecutorService timer,
      Time time,
      DeliveryListener listener) {
    this(handler, options, workers, timer, time, listener, DeliveryPipeline::decode);
  }

  DeliveryPipeline(
      AsyncMessageHandler handler,
      SubscribeOptions options,
      Workers workers,
      ScheduledExecutorService timer,
      Time time,
      DeliveryListener listener,
      Function<ReceivedMessage, DeviceMessage> decoder) {
    this.handler = handler;
    this.options = options;
    this.workers = workers;
    this.timer = timer;
    this.time = time;
    this.listener = listener;
    this.decoder = decoder;
    this.window = new Window<>(options.window(), options.windowBytes(), time.nanos());
    this.ledger = new AckLedger(options.window(), counters);
    boolean selfPaced = handler instanceof SelfPacedHandler;
    int parallelism = Math.min(workers.parallelism(), options.window());
    DeviceLanes lanes = new DeviceLanes(this::execute, selfPaced ? 1 : parallelism);
    this.admission = new Admission(counters, ledger, window, lanes);
    this.deadlines = new Deadlines(selfPaced ? FOREVER : options.handlerDeadline(), timer);
    this.timestampUnits = new TimestampUnits(listener);
    this.lastResorts = new LastResorts(options.failurePolicy(), counters, listener, time.wall());
  }

  /** CONNACK came; before any message of that connection, which are for the intake. */
  public Intake connected(Transport transport, boolean sessionPresent) {
    admission.connected(transport, sessionPresent);
    boolean former = sessionPresent && options.durableName() != null;
    return new Intake(this, transport, former ? new FormerFilters(options) : null);
  }

  /** SUBACK came. */
  public void subscribed(Transport transport) {
    ledger.subscribed(transport);
    window.subscribed(transport);
  }

  /** A PINGREQ goes behind what was acknowledged up to here. */
  public void pinged(Transport transport) {
    ledger.pinged(transport);
  }

  /** The first of the PINGREQs that wait for an answer has it. */
  public void ponged(Transport transport) {
    ledger.ponged(transport);
  }

  /** The bridge has read the DISCONNECT, and so all before it. */
  public void parted(Transport transport) {
    ledger.parted(transport);
  }

  /** The connection is gone; what it still hands over is ignored, and comes again. */
  public void disconnected(Transport transport) {
    admission.disconnected(transport);
  }

  /** How many messages a connection may hand over at once, at least one. */
  int room() {
    return admission.room();
  }

  /** How many bytes a connection may hand over at once; where none, one message all the same. */
  long roomBytes() {
    return admission.roomBytes();
  }

  /**
   * Messages came, in this order, on the transport's thread.
   *
   * @param former for what the session may bring that was not asked for; null where it is new
   */
  void received(Transport from, @Nullable FormerFilters former, List<InboundMessage> messages) {
    if (!admission.isOpen()) {
      return;
    }
    Instant now = time.wall().instant();
    lastArrivedAt = now;
    counters.received.add(messages.size());
    List<Arrival> arrivals = new ArrayList<>(messages.size());
    messages.forEach(message -> arrivals.add(new Work(new ReceivedMessage(message, now))));
    if (former != null) {
      leave(former, arrivals, from);
    }
    admission.enter(arrivals, from);
  }

  private static void leave(FormerFilters former, List<Arrival> arrivals, Transport from) {
    arrivals.forEach(arrival -> former.look(arrival.received.deviceTopic()));
    List<String> filters = former.take();
    if (!filters.isEmpty()) {
      from.unsubscribe(filters);
    }
  }

  /** A message in its lane; run, it has its verdict. */
  private final class Work extends Arrival implements Runnable {
    private @Nullable Runnable finished;
    private int shortages;

    Work(ReceivedMessage received) {
      super(received);
    }

    @Override
    public void run(Runnable finished) {
      this.finished = finished;
      if (abandoned) {
        window.abandoned();
        return;
      }
      DeviceMessage message;
      try {
        message = decoder.apply(received);
      } catch (OutOfMemoryError e) { // No fault of the message's, which is kept.
        surroundings.retry(received, e, ++shortages, SHORTAGE, () -> run(finished));
        return;
      } catch (RuntimeException | Error e) { // A defect of the decoder is one message's, too.
        counters.undecodable.increment();
        surroundings.failed(new FailedMessage(received, e, 0), this);
        return;
      }
      timestampUnits.look(message, received.arrivedAt());
      lastDecoded = new Decoded(received.arrivedAt(), message.timestamp());
      new MessageTask(received, message, handler, options.failurePolicy(), surroundings, this)
          .run();
    }

    @Override
    public void run() {
      admission.settle(this);
      requireNonNull(finished).run();
    }
  }

  static DeviceMessage decode(ReceivedMessage received) {
    DeviceTopic topic = received.deviceTopic();
    byte[] bytes = received.bytes();
    return topic == null
        ? DECODER.decode((MessageKind) null, bytes, 0, bytes.length)
        : DECODER.decode(topic, bytes, 0, bytes.length);
  }

  /** Runs user code that {@link #isInsideHandler()} is to take for a handler. */
  public void runAsHandler(Runnable userCode) {
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

  /** What runs on a worker is user code, for as long as it has the worker. */
  private void execute(Runnable task) {
    workers.execute(() -> runAsHandler(task));
  }

  /** Whether the calling thread is in a handler of this pipeline, and so must not wait for it. */
  public boolean isInsideHandler() {
    return insideHandler.get() != null;
  }

  /** Stops or goes on reading. */
  public void pause(boolean on) {
    admission.pause(on);
  }

  /** Takes nothing new, and completes when what is here has its verdict. */
  public CompletableFuture<Void> drain() {
    admission.close();
    window.pause(true);
    return window.whenIdle();
  }

  /** Begins nothing any more; handlers that run are let run. */
  public void abandon() {
    admission.close();
    abandoned = true;
    deadlines.stop();
  }

  /** What was counted. */
  public Counters counters() {
    return counters;
  }

  /** How many messages have no verdict, or one that the bridge may not have heard of. */
  public int owed() {
    return Math.max(ledger.unfinished(), window.inFlight()) + ledger.unheard();
  }

  /** Whether the window is full, so that nothing more comes. */
  public boolean isFull() {
    return window.isFull() || ledger.isFull();
  }

  /**
   * Whether a connection stands whose SUBACK is still to come, and is kept waiting here: handlers
   * are at work on as much as the window allows, or the user paused it.
   */
  public boolean delaysSubscription() {
    return window.delaysSubscription();
  }

  /** For how long a connection was not read, since this was last asked. */
  public Duration takeNotRead(Transport transport) {
    return window.takeNotRead(transport);
  }

  /** Whether the user paused it. */
  public boolean isPaused() {
    return window.isPaused();
  }

  /** How long no message was finished while some are at work. */
  public Duration sinceProgress() {
    return window.sinceProgress();
  }

  /** For how long the handler call has run that has run longest; zero where none does. */
  public Duration longestCall() {
    return deadlines.longestCall();
  }

  /** Whether messages wait until their handler is called again. */
  public boolean isRetrying() {
    return toBeCalledAgain.get() > 0;
  }

  /** How many messages have no verdict yet. */
  public int inFlight() {
    return window.inFlight();
  }

  /** When the last message came, null before the first. */
  public @Nullable Instant lastArrivedAt() {
    return lastArrivedAt;
  }

  /** When the last message was sent, of those decoded; null before the first. */
  public @Nullable Instant lastSentAt() {
    Decoded last = lastDecoded;
    return last == null ? null : last.stamped();
  }

  /** How old the last message was when it came, of those decoded; null before the first. */
  public @Nullable Duration lag() {
    Decoded last = lastDecoded;
    return last == null ? null : Duration.between(last.stamped(), last.arrivedAt());
  }

  private final class TaskSurroundings implements MessageTask.Surroundings {
    @Override
    public long nanoTime() {
      return time.nanos().getAsLong();
    }

    @Override
    public void began(MessageTask task) {
      deadlines.add(task);
    }

    @Override
    public void ended(MessageTask task) {
      deadlines.remove(task);
    }

    @Override
    public void succeeded(ReceivedMessage message) {
      counters.handled.increment();
    }

    @Override
    public void retry(
        ReceivedMessage message, Throwable cause, int attempt, Duration wait, Runnable again) {
      counters.failedAttempts.increment();
      if (abandoned) {
        window.abandoned();
        return;
      }
      listener.onEvent(
          new SubscriptionEvent.HandlerRetry(time.wall().instant(), message, cause, attempt, wait));
      toBeCalledAgain.incrementAndGet();
      timer.schedule(() -> due(again), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** From now on it waits for a free worker, which is no waiting of its own choice. */
    private void due(Runnable again) {
      toBeCalledAgain.decrementAndGet();
      execute(() -> againUnlessAbandoned(again));
    }

    private void againUnlessAbandoned(Runnable again) {
      if (abandoned) {
        window.abandoned();
      } else {
        again.run();
      }
    }

    @Override
    public void failed(FailedMessage failure, Runnable finished) {
      if (failure.attempts() > 0) {
        counters.failedAttempts.increment();
      }
      execute(
          () -> {
            if (!abandoned && lastResorts.deal(failure)) {
              finished.run();
            } else {
              window.abandoned();
            }
          });
    }
  }
}
