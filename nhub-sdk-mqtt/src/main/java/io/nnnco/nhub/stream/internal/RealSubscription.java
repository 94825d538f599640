package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.HandlerInterceptor;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.GapLedger;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent;
import io.nnnco.nhub.stream.internal.delivery.DeliveryPipeline;
import io.nnnco.nhub.stream.internal.delivery.Observers;
import io.nnnco.nhub.stream.internal.gap.DeviceLedger;
import io.nnnco.nhub.stream.internal.gap.GapWatch;
import io.nnnco.nhub.stream.internal.log.SubscriptionLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A subscription: the pipeline and the connection, and what a user may ask of both. */
public final class RealSubscription implements Subscription {
  /** Beyond the drain: for the DISCONNECT, and for a control thread that is busy. */
  private static final long CLOSE_GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  private final SubscriptionSpec spec;
  private final SubscriptionLife life;
  private final DeliveryPipeline pipeline;
  private final Observers observers;
  private final ConnectionShell connection;
  private final CredentialsInUse credentials;
  private final SubscriptionReport report;
  private final @Nullable DeviceLedger gaps;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Object credentialsLock = new Object();
  private boolean ownCredentials;
  private volatile boolean closeRequested;

  private RealSubscription(
      SubscriptionSpec spec,
      SubscriptionLife life,
      DeliveryPipeline pipeline,
      Observers observers,
      ConnectionShell connection,
      CredentialsInUse credentials,
      SubscriptionReport report,
      @Nullable DeviceLedger gaps) {
    this.spec = spec;
    this.life = life;
    this.pipeline = pipeline;
    this.observers = observers;
    this.connection = connection;
    this.credentials = credentials;
    this.report = report;
    this.gaps = gaps;
    this.ownCredentials = spec.options().credentials() != null;
    life.finished().whenComplete((end, error) -> tellIfDone());
  }

  /** A subscription that has not begun. */
  public static RealSubscription of(ClientResources resources, SubscriptionSpec spec) {
    return of(resources, spec, SubscriptionLog.LOG);
  }

  /** A subscription that has not begun, and writes its log there. */
  static RealSubscription of(ClientResources resources, SubscriptionSpec spec, Logger logger) {
    InstantSource clock = resources.time().wall();
    SubscriptionLog log =
        new SubscriptionLog(
            logger, spec.options(), spec.clientId(), resources.nhub(), resources.control(), clock);
    List<HandlerInterceptor> interceptors = Interceptors.of(resources.interceptors(), spec);
    Observers observers = new Observers(interceptors);
    EventSink events = new EventSink(spec.options().listener(), resources.control());
    SubscriptionLife life = new SubscriptionLife(log, observers, events);
    DeliveryPipeline pipeline =
        new DeliveryPipeline(
            Interceptors.around(spec, interceptors),
            spec.options(),
            resources.workers(),
            resources.control(),
            resources.time(),
            resources.random(),
            life,
            observers);
    CredentialsInUse credentials = new CredentialsInUse(spec.credentials());
    ConnectionShell connection =
        new ConnectionShell(resources, spec, credentials, pipeline, life, log);
    SilenceWatch silence = new SilenceWatch(spec.options().silentAfter(), life::onEvent);
    ScheduledFuture<?> looking =
        silence.begin(
            resources.control(),
            () -> silence.look(clock.instant(), life.subscribedSince(), pipeline.lastArrivedAt()));
    life.finished().whenComplete((end, error) -> looking.cancel(false));
    if (spec.remindsOfExpiry()) {
      ExpiryWatch expiry = new ExpiryWatch(life::onEvent);
      ScheduledFuture<?> reminding =
          ExpiryWatch.begin(
              resources.control(), () -> expiry.look(clock.instant(), credentials.current()));
      life.finished().whenComplete((end, error) -> reminding.cancel(false));
    }
    life.stop().thenAccept(cause -> connection.post(new ConnectionEvent.GiveUp(cause)));
    return new RealSubscription(
        spec,
        life,
        pipeline,
        observers,
        connection,
        credentials,
        new SubscriptionReport(life, pipeline, credentials, spec.options().silentAfter(), clock),
        gaps(resources, spec, life, pipeline, observers));
  }

  private static @Nullable DeviceLedger gaps(
      ClientResources resources,
      SubscriptionSpec spec,
      SubscriptionLife life,
      DeliveryPipeline pipeline,
      Observers observers) {
    GapOptions options = spec.options().gaps();
    if (options == null) {
      return null;
    }
    DeviceLedger ledger = new DeviceLedger(options, resources.time().wall(), life::onEvent);
    GapWatch watch =
        new GapWatch(
            ledger, spec.options().keepAlive(), () -> !pipeline.isFull() && !pipeline.isPaused());
    observers.add(watch);
    ScheduledFuture<?> looking = watch.begin(resources.control());
    life.finished().whenComplete((end, error) -> looking.cancel(false));
    return ledger;
  }

  /** Begins; the connection is made in the background. */
  public void begin() {
    connection.post(new ConnectionEvent.Start());
  }

  @Override
  public SubscribeOptions options() {
    return spec.options();
  }

  @Override
  public SubscriptionState state() {
    return life.state();
  }

  @Override
  public SubscriptionStats stats() {
    return report.stats();
  }

  @Override
  public SubscriptionHealth health() {
    return report.health();
  }

  @Override
  public Optional<GapLedger> gaps() {
    return Optional.ofNullable(gaps);
  }

  @Override
  public void awaitConnected(Duration timeout) throws InterruptedException {
    life.awaitSubscribed(timeout);
    if (life.hasFinished()) {
      awaitClosed();
      throw new IllegalStateException("The subscription was closed");
    }
    if (life.state() != SubscriptionState.SUBSCRIBED) {
      throw report.notSubscribed(timeout);
    }
  }

  @Override
  public void awaitClosed() throws InterruptedException {
    life.awaitFinished();
  }

  @Override
  public CompletableFuture<Void> closed() {
    return life.finished().thenRunAsync(() -> {});
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
    // A terminal error is told by awaitClosed() and closed(); here the end is all that counts.
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    if (life.awaitFinished(
        Math.min(nanos, Long.MAX_VALUE - CLOSE_GRACE_NANOS) + CLOSE_GRACE_NANOS)) {
      Thread.currentThread().interrupt();
    }
    int abandoned = pipeline.owed();
    return new DrainReport(Math.max(0, before - abandoned), abandoned);
  }

  /** Closes without waiting; {@link #finished()} tells when. */
  public void beginClose(Duration timeout, boolean forget) {
    closeRequested = true;
    tellIfDone();
    connection.close(timeout, forget);
  }

  private void tellIfDone() {
    if (isDone()) {
      done.complete(null);
    }
  }

  @Override
  public void updateCredentials(Credentials replacement) {
    Objects.requireNonNull(replacement, "replacement");
    synchronized (credentialsLock) {
      ownCredentials = true;
      connection.update(Offer.of(replacement));
    }
  }

  /** Begins; the connection is made in the background, with the client's credentials. */
  void begin(Offer first) {
    credentials.begin(first);
    begin();
  }

  /** Goes over to the client's credentials, unless it has its own. */
  void offer(Offer replacement) {
    synchronized (credentialsLock) {
      if (!ownCredentials) {
        connection.update(replacement);
      }
    }
  }

  /** Whether it would connect with these. */
  boolean uses(Credentials shown) {
    return credentials.current().equals(shown);
  }

  /** Reports something of the client's credentials. */
  void report(Function<Instant, SubscriptionEvent> event) {
    connection.report(event);
  }

  /** What its health says of credentials that should come next; null for nothing. */
  void problem(@Nullable NHubException cause) {
    credentials.problem(cause);
  }

  /** Whether the client's credentials are nothing to it. */
  boolean hasOwnCredentials() {
    synchronized (credentialsLock) {
      return ownCredentials;
    }
  }

  Observers observers() {
    return observers;
  }

  boolean hasFinished() {
    return life.hasFinished();
  }

  /** Whether it has ended and nobody needs to hear of that: not by an error, or closed since. */
  boolean isDone() {
    return life.hasFinished() && (closeRequested || !life.finished().isCompletedExceptionally());
  }

  /** Completes when {@link #isDone()}, on the thread that has ended or closed it. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Whether the durable name is taken by this subscription, which is until it has finished. */
  boolean holds(String name) {
    return name.equals(spec.options().durableName()) && !life.hasFinished();
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
    return life.finished();
  }
}
