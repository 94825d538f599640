package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.metrics.SubscriptionMetricsFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client, and what may be asked of all of them together. Thread-safe; its
 * lock is held while one begins, so that neither the end nor other credentials pass it by.
 */
public final class Subscriptions {
  private final ClientResources resources;
  private final ClientCredentials credentials;
  private final List<RealSubscription> counted = new ArrayList<>();
  private final BoundMetrics metrics = new BoundMetrics();
  private SubscriptionStats ended = ClientStats.NONE;
  private boolean closed;

  /** None yet. */
  public Subscriptions(ClientResources resources, @Nullable Credentials credentials) {
    this.resources = resources;
    this.credentials = new ClientCredentials(credentials);
  }

  /** Begins one; throws as {@code NHubClient.subscribe} does. */
  public synchronized RealSubscription begin(
      SubscribeOptions options, AsyncMessageHandler handler) {
    if (closed) {
      throw new IllegalStateException("The client is closed");
    }
    requireFree(options.durableName());
    Credentials own = options.credentials();
    RealSubscription begun =
        own == null
            ? credentials.begin(shared -> start(options, shared, handler))
            : start(options, own, handler);
    replaceFailed(options);
    counted.add(begun);
    var unused = begun.finished().whenComplete((end, error) -> onEnd(begun));
    begun.done().thenRun(this::removeClosed);
    return begun;
  }

  private RealSubscription start(
      SubscribeOptions options, Credentials shown, AsyncMessageHandler handler) {
    RealSubscription subscription =
        RealSubscription.of(resources, SubscriptionSpec.of(options, shown, handler));
    metrics.begin(subscription);
    subscription.begin();
    return subscription;
  }

  /** Two under one name, and so under one client id, would take the session from each other. */
  private void requireFree(@Nullable String durableName) {
    if (durableName != null && counted.stream().anyMatch(each -> each.holds(durableName))) {
      throw new IllegalStateException(
          "A subscription of this client has the durable name "
              + durableName
              + " already, and has not ended: close it before, or choose another name");
    }
  }

  /** A program that subscribes again after an error need not close what has ended. */
  private void replaceFailed(SubscribeOptions options) {
    List<String> filters = options.topicFilters();
    counted.stream()
        .filter(each -> each.hasFinished() && each.options().topicFilters().equals(filters))
        .findFirst()
        .ifPresent(this::remove);
  }

  private synchronized void onEnd(RealSubscription subscription) {
    credentials.ended(subscription);
  }

  private synchronized void removeClosed() {
    List.copyOf(counted).stream().filter(RealSubscription::isDone).forEach(this::remove);
  }

  private void remove(RealSubscription subscription) {
    counted.remove(subscription);
    metrics.forget(subscription);
    ended = ClientStats.of(List.of(subscription.stats()), ended);
  }

  /** Those that have not ended, and those that an error has ended and nobody has closed. */
  public synchronized List<RealSubscription> all() {
    removeClosed();
    return List.copyOf(counted);
  }

  /** The worst of them. */
  public SubscriptionHealth health() {
    return ClientHealth.of(all());
  }

  /** The sum of them, and of those that have ended. */
  public synchronized SubscriptionStats stats() {
    return ClientStats.of(all().stream().map(RealSubscription::stats).toList(), ended);
  }

  /** Measures those of {@link #all()}, and later ones. */
  public synchronized MetricsBinding measure(SubscriptionMetricsFactory factory) {
    return metrics.bind(factory, all());
  }

  /** Goes over to other credentials, but for those that have their own. */
  public synchronized void updateCredentials(Credentials replacement) {
    credentials.update(
        replacement,
        counted.stream().filter(each -> !each.hasFinished() && !each.hasOwnCredentials()).toList());
  }

  /** Ends all, and waits for that unless called within a handler. */
  public void close(Runnable afterwards) {
    List<RealSubscription> last;
    synchronized (this) {
      closed = true;
      last = all();
    }
    last.forEach(each -> each.beginClose(Subscription.DEFAULT_DRAIN, false));
    CompletableFuture<?>[] ends =
        last.stream().map(RealSubscription::finished).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).whenComplete((end, error) -> afterwards.run());
    if (last.stream().noneMatch(RealSubscription::isInsideHandler)) {
      last.forEach(Subscription::close);
    }
  }
}
