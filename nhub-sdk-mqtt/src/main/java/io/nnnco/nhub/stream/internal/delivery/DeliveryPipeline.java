package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
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
  private final SubscribeOptions options;
  private final Time time;
  private final Observers observers;
  private final Counters counters = new Counters();
  private final AckLedger ledger;
  private final Window<ReceivedMessage> window;
  private final Admission admission;
  private final Handling handling;
  private final Lanes<ReceivedMessage> lanes;
  private final RecentTopics topics = new RecentTopics();
  private volatile @Nullable Instant lastArrivedAt;

  /**
   * A pipeline that waits for its first connection.
   *
   * @param random even between 0 and 1, for the delays of retries
   */
  public DeliveryPipeline(
      AsyncMessageHandler handler,
      SubscribeOptions options,
      Workers workers,
      ScheduledExecutorService timer,
      Time time,
      DoubleSupplier random,
      DeliveryListener listener,
      Observers observers) {
    this(handler, options, workers, timer, time, random, listener, observers, Handling::read);
  }

  DeliveryPipeline(
      AsyncMessageHandler handler,
      SubscribeOptions options,
      Workers workers,
      ScheduledExecutorService timer,
      Time time,
      DoubleSupplier random,
      DeliveryListener listener,
      Observers observers,
      Function<ReceivedMessage, DeviceMessage> decoder) {
    this.options = options;
    this.time = time;
    this.observers = observers;
    this.window = new Window<>(options.window(), options.windowBytes(), time.nanos());
    this.ledger = new AckLedger(options.window(), counters, observers);
    this.handling =
        new Handling(
            handler,
            options,
            workers,
            timer,
            time,
            random,
            counters,
            listener,
            observers,
            decoder,
            new SettlesWithLedger());
    this.lanes =
        handler instanceof BatchedHandler batched
            ? batchLanes(batched, timer)
            : deviceLanes(handler, workers.parallelism());
    this.admission =
        new Admission(counters, ledger, window, lanes, observers, handling.threads(), time.nanos());
  }

  private Lanes<ReceivedMessage> deviceLanes(AsyncMessageHandler handler, int workers) {
    int parallelism = handler instanceof SelfPacedHandler ? 1 : Math.min(workers, options.window());
    return new DeviceLanes<>(
        handling::execute, parallelism, ReceivedMessage::deviceId, handling::begin);
  }

  private Lanes<ReceivedMessage> batchLanes(
      BatchedHandler batched, ScheduledExecutorService timer) {
    return new BatchLanes(
        batched.options(),
        handling::execute,
        timer,
        time.nanos(),
        this::isFull,
        (batch, from) -> handling.begin(batch, batched, from));
  }

  private final class SettlesWithLedger implements Handling.Verdicts {
    @Override
    public void settled(ReceivedMessage message) {
      admission.settle(message, handling.threads().areOnWorker());
    }

    @Override
    public void abandoned() {
      window.abandoned();
    }

    @Override
    public boolean isHeldUp() {
      return ledger.isFull() && window.isHalfFree() && !lanes.isWaiting();
    }
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
    List<ReceivedMessage> arrivals = new ArrayList<>(messages.size());
    long nanos = time.nanos().getAsLong();
    for (InboundMessage message : messages) {
      ReceivedMessage arrival =
          new ReceivedMessage(message, topics.parse(message.topic()), now, nanos);
      arrivals.add(arrival);
      observers.received(arrival);
    }
    if (former != null) {
      leave(former, arrivals, from);
    }
    admission.enter(arrivals, from);
  }

  private static void leave(FormerFilters former, List<ReceivedMessage> arrivals, Transport from) {
    arrivals.forEach(arrival -> former.look(arrival.deviceTopic()));
    List<String> filters = former.take();
    if (!filters.isEmpty()) {
      from.unsubscribe(filters);
    }
  }

  /** Runs user code that {@link #isInsideHandler()} is to take for a handler. */
  public void runAsHandler(Runnable userCode) {
    handling.threads().runAsHandler(userCode);
  }

  /** Whether the calling thread is in a handler of this pipeline, and so must not wait for it. */
  public boolean isInsideHandler() {
    return handling.threads().areInside();
  }

  /** Stops or goes on reading. */
  public void pause(boolean on) {
    admission.pause(on);
  }

  /** Takes nothing new, and completes when what is here has its verdict. */
  public CompletableFuture<Void> drain() {
    admission.close();
    window.pause(true);
    lanes.flush();
    return window.whenIdle();
  }

  /** Begins nothing any more; handlers that run are let run. */
  public void abandon() {
    admission.close();
    handling.abandon();
  }

  /** What was counted. */
  public Counters counters() {
    return counters;
  }

  /** How many messages have no verdict, or one that the bridge may not have heard of. */
  public int owed() {
    return Math.max(ledger.unfinished(), window.inFlight()) + ledger.unheard();
  }

  /** The share of the window that is in use, from 0 to 1. */
  public double windowUsed() {
    return Math.min(1, Math.max(window.used(), ledger.used()));
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
    return handling.deadlines().longestCall();
  }

  /** Whether messages wait until their handler is called again. */
  public boolean isRetrying() {
    return handling.isRetrying();
  }

  /** The outage of the application's own side; null if there is none. */
  public @Nullable HandlerOutage outage() {
    return handling.outage();
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
    return handling.lastSentAt();
  }

  /** How old the last message was when it came, of those decoded; null before the first. */
  public @Nullable Duration lag() {
    return handling.lag();
  }
}
