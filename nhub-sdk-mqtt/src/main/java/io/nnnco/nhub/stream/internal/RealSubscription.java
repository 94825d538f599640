package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.DurationText;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent;
import io.nnnco.nhub.stream.internal.delivery.Counters;
import io.nnnco.nhub.stream.internal.delivery.DeliveryListener;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import io.nnnco.nhub.stream.internal.delivery.SelfPacedHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A subscription: the pipeline and the connection, and what a user may ask of both. */
public final class RealSubscription
    implements Subscription, DeliveryListener, ConnectionShell.Owner {
  /** Beyond the drain: for the DISCONNECT, and for a control thread that is busy. */
  private static final long CLOSE_GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  private final ClientResources environment;
  private final AsyncMessageHandler handler;
  private final DeliveryPipeline pipeline;
  private final ConnectionShell connection;
  private final EventSink events;
  private final @Nullable String durableName;
  private final Duration silentAfter;
  private final SilenceWatch silence;
  private final ScheduledFuture<?> silenceTask;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final AtomicReference<@Nullable Duration> drain = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile @Nullable NHubException lastFailure;
  private volatile @Nullable Instant subscribedSince;
  private final AtomicLong subscribed = new AtomicLong();

  private RealSubscription(
      ClientResources environment,
      SubscribeOptions options,
      Credentials credentials,
      AsyncMessageHandler handler,
      String clientId) {
    this.environment = environment;
    this.handler = handler;
    this.events = new EventSink(options.listener());
    this.pipeline =
        new DeliveryPipeline(
            handler,
            options,
            environment.workers(),
            environment.control(),
            environment.time(),
            this);
    this.connection =
        new ConnectionShell(environment, options, credentials, clientId, pipeline, this);
    this.durableName = options.durableName();
    this.silentAfter = options.silentAfter();
    this.silence = new SilenceWatch(options.silentAfter(), events::emit);
    long period = silence.period().toNanos();
    this.silenceTask =
        environment
            .control()
            .scheduleWithFixedDelay(this::lookForSilence, period, period, TimeUnit.NANOSECONDS);
  }

  /** Begins a subscription; the connection is made in the background. */
  public static RealSubscription start(
      ClientResources environment,
      SubscribeOptions options,
      Credentials credentials,
      AsyncMessageHandler handler,
      String clientId) {
    RealSubscription subscription =
        new RealSubscription(environment, options, credentials, handler, clientId);
    subscription.connection.post(new ConnectionEvent.Start());
    return subscription;
  }

  @Override
  public SubscriptionState state() {
    return connection.state();
  }

  @Override
  public SubscriptionStats stats() {
    Counters counters = pipeline.counters();
    return new SubscriptionStats(
        counters.received(),
        counters.handled(),
        counters.acknowledged(),
        counters.redelivered(),
        counters.failedAttempts(),
        counters.undecodable(),
        counters.handedOver(),
        counters.skipped(),
        Math.max(0, subscribed.get() - 1),
        pipeline.inFlight(),
        pipeline.lag(),
        pipeline.lastArrivedAt(),
        subscribedSince);
  }

  @Override
  public SubscriptionHealth health() {
    Instant last = pipeline.lastArrivedAt();
    Instant since = subscribedSince;
    Instant lastSign = last != null && (since == null || last.isAfter(since)) ? last : since;
    return new HealthCheck(
            state(),
            lastFailure,
            pipeline.isPaused(),
            pipeline.isFull(),
            pipeline.delaysSubscription(),
            pipeline.sinceProgress(),
            pipeline.longestCall(),
            pipeline.isRetrying(),
            lastSign,
            silentAfter)
        .at(environment.time().wall().instant());
  }

  @Override
  public void awaitConnected(Duration timeout) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (state() != SubscriptionState.SUBSCRIBED && !finished.isDone() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    if (finished.isDone()) {
      awaitClosed();
      throw new IllegalStateException("The subscription was closed");
    }
    if (state() != SubscriptionState.SUBSCRIBED) {
      if (pipeline.delaysSubscription()) {
        throw new ConnectionException(
            StreamErrorCode.CONNECT_TIMEOUT,
            ConnectionPhase.SUBSCRIBE,
            "Not subscribed within "
                + DurationText.of(timeout)
                + ": "
                + HealthCheck.delay(pipeline.isPaused()),
            null);
      }
      NHubException failure = lastFailure;
      throw failure != null
          ? failure
          : new ConnectionException(
              StreamErrorCode.CONNECT_TIMEOUT,
              ConnectionPhase.PREPARE,
              "Not subscribed within " + DurationText.of(timeout) + ".",
              null);
    }
  }

  @Override
  public void awaitClosed() throws InterruptedException {
    try {
      finished.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NHubException cause ? cause : new IllegalStateException(e);
    }
  }

  @Override
  public CompletableFuture<Void> closed() {
    return finished.thenRunAsync(() -> {});
  }

  @Override
  public void pause() {
    pipeline.pause(true);
  }

  @Override
  public void resume() {
    pipeline.pause(false);
  }

  @Override
  public DrainReport close(Duration timeout) {
    return close(timeout, false);
  }

  @Override
  public DrainReport forget(Duration timeout) {
    return close(timeout, true);
  }

  private DrainReport close(Duration timeout, boolean forget) {
    int before = pipeline.inFlight();
    beginClose(timeout, forget);
    if (isInsideHandler()) {
      return new DrainReport(0, 0);
    }
    boolean interrupted = awaitFinished(timeout);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    int abandoned = pipeline.owed();
    return new DrainReport(Math.max(0, before - abandoned), abandoned);
  }

  /** Closes without waiting; {@link #finished()} tells when. */
  public void beginClose(Duration timeout, boolean forget) {
    drain.compareAndSet(null, timeout);
    connection.post(new ConnectionEvent.CloseRequested(forget));
  }

  /**
   * Goes over to other credentials, without a gap where a connection stands.
   *
   * @param accepted run on the control thread when it stands with them, perhaps more than once
   */
  public void updateCredentials(Credentials credentials, Runnable accepted) {
    connection.update(new Offer(credentials, accepted));
  }

  /** Whether the durable name is taken by this subscription, which is until it has finished. */
  public boolean holds(String name) {
    return name.equals(durableName) && !finished.isDone();
  }

  /** Whether the calling thread is in one of its handlers. */
  public boolean isInsideHandler() {
    return pipeline.isInsideHandler();
  }

  /** Runs user code as a handler of this subscription's, so that it may close it. */
  public void runAsHandler(Runnable userCode) {
    pipeline.runAsHandler(userCode);
  }

  /** Completes with the subscription, on the control thread. */
  public CompletableFuture<Void> finished() {
    return finished;
  }

  private boolean awaitFinished(Duration timeout) {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    long withGrace = Math.min(nanos, Long.MAX_VALUE - CLOSE_GRACE_NANOS) + CLOSE_GRACE_NANOS;
    try {
      finished.get(withGrace, TimeUnit.NANOSECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    } catch (ExecutionException | TimeoutException e) {
      // A terminal error is told by awaitClosed() and closed(); here the end is all that counts.
      return false;
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
        && state() == SubscriptionState.REFUSED) {
      subscribedSince = null;
      lastFailure = refused.cause();
    } else if (event instanceof SubscriptionEvent.Closed end) {
      lastFailure = end.cause();
    }
    events.emit(event);
  }

  @Override
  public void onStop(NHubException cause) {
    connection.post(new ConnectionEvent.GiveUp(cause));
  }

  @Override
  public void onState() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onDrain() {
    Duration time = drain.get();
    pipeline.drain().thenRun(() -> connection.post(new ConnectionEvent.Drained()));
    environment
        .control()
        .schedule(
            () -> connection.post(new ConnectionEvent.Drained()),
            time == null ? 0 : TimeUnit.NANOSECONDS.convert(time),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void onFinish(@Nullable NHubException cause) {
    if (finished.isDone()) {
      return;
    }
    pipeline.abandon();
    silenceTask.cancel(false);
    subscribedSince = null;
    if (handler instanceof SelfPacedHandler selfPaced) {
      selfPaced.ended(cause);
    }
    if (cause == null) {
      finished.complete(null);
    } else {
      finished.completeExceptionally(cause);
    }
    onState();
  }

  private void lookForSilence() {
    silence.look(environment.time().wall().instant(), subscribedSince, pipeline.lastArrivedAt());
  }
}
