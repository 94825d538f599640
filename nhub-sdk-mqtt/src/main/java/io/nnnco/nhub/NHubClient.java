package io.nnnco.nhub;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.AsyncBatchHandler;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.BatchHandler;
import io.nnnco.nhub.stream.BatchOptions;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionHealth;
import io.nnnco.nhub.stream.SubscriptionStats;
import io.nnnco.nhub.stream.UplinkHandler;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.Subscriptions;
import io.nnnco.nhub.stream.internal.adapter.MessagePublisher;
import io.nnnco.nhub.stream.internal.adapter.QueuedMessageStream;
import io.nnnco.nhub.stream.internal.delivery.BatchedHandler;
import io.nnnco.nhub.stream.metrics.SubscriptionMetricsFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The client of one N-Hub environment: one per application, shared by all its threads. It delivers
 * device messages to handlers. With a management token, it also creates API keys and issues
 * certificates.
 *
 * <pre>{@code
 * try (NHubClient nhub =
 *         NHubClient.builder(NHubEnvironment.of("dev-au-03"))
 *             .credentials(ClientIdentity.load(Path.of("certs")))
 *             .build();
 *     Subscription uplinks = nhub.subscribe("nnn.acme", uplink -> System.out.println(uplink))) {
 *   uplinks.awaitClosed();
 * }
 * }</pre>
 *
 * <p>An application with several API keys needs only one client: a subscription can have
 * {@linkplain SubscribeOptionsBuilder#credentials credentials of its own}. {@link #health()},
 * {@link #stats()} and {@link #close()} cover all subscriptions together.
 *
 * <p>Safe for use by several threads. Its threads are daemons named {@code nhub-*}, unless {@link
 * NHubClientBuilder#keepJvmRunning} is set, and end with {@link #close()}.
 */
public final class NHubClient implements AutoCloseable {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final ClientResources resources;
  private final Subscriptions subscriptions;
  private final @Nullable Management management;

  NHubClient(
      ClientResources resources,
      @Nullable Credentials credentials,
      @Nullable Management management) {
    this.resources = resources;
    this.subscriptions = new Subscriptions(resources, credentials);
    this.management = management;
  }

  /**
   * Begins a client.
   *
   * @param environment where N-Hub lives
   * @return a builder
   */
  public static NHubClientBuilder builder(NHubEnvironment environment) {
    return new NHubClientBuilder(environment);
  }

  /**
   * Receives the uplinks of all devices of an enterprise, with the default {@link
   * SubscribeOptions}.
   *
   * @param enterprise the enterprise's code, such as {@code nnn.acme}
   * @param handler gets each uplink; it is acknowledged after the handler returned
   * @return the running subscription; it connects in the background
   * @throws IllegalArgumentException if the code is not well formed
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed
   */
  public Subscription subscribe(String enterprise, UplinkHandler handler) {
    return subscribe(Enterprise.of(enterprise), handler);
  }

  /**
   * Receives the uplinks of all devices of an enterprise, with the default {@link
   * SubscribeOptions}.
   *
   * @param enterprise the enterprise
   * @param handler gets each uplink; it is acknowledged after the handler returned
   * @return the running subscription; it connects in the background
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed
   */
  public Subscription subscribe(Enterprise enterprise, UplinkHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return subscribe(
        SubscribeOptions.builder(enterprise).build(),
        (message, delivery) -> {
          if (message instanceof Uplink uplink) {
            handler.handle(uplink);
          }
        });
  }

  /**
   * Receives messages.
   *
   * @param options what to receive, and how
   * @param handler gets each message; it is acknowledged after the handler returned
   * @return the running subscription; it connects in the background
   * @throws AuthenticationException if neither the options nor the client have credentials for the
   *     bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public Subscription subscribe(SubscribeOptions options, MessageHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return subscribeAsync(
        options,
        (message, delivery) -> {
          handler.handle(message, delivery);
          return DONE;
        });
  }

  /**
   * Receives messages with a handler that finishes later.
   *
   * @param options what to receive, and how
   * @param handler gets each message; it is acknowledged when the handler's stage completes
   * @return the running subscription; it connects in the background
   * @throws AuthenticationException if neither the options nor the client have credentials for the
   *     bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public Subscription subscribeAsync(SubscribeOptions options, AsyncMessageHandler handler) {
    return begin(options, handler);
  }

  /**
   * Receives messages in batches, for instance to write them into a database in one transaction.
   *
   * @param options what to receive, and how
   * @param batches how many messages to collect, and for how long
   * @param handler gets each batch; its messages are acknowledged after the handler returned
   * @return the running subscription; it connects in the background
   * @throws IllegalArgumentException if the batches do not fit into the {@linkplain
   *     SubscribeOptions#window() window}
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public Subscription subscribeBatches(
      SubscribeOptions options, BatchOptions batches, BatchHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return subscribeBatchesAsync(
        options,
        batches,
        batch -> {
          handler.handle(batch);
          return DONE;
        });
  }

  /**
   * Receives messages in batches with a handler that finishes later.
   *
   * @param options what to receive, and how
   * @param batches how many messages to collect, and for how long
   * @param handler gets each batch; its messages are acknowledged when the handler's stage
   *     completes
   * @return the running subscription; it connects in the background
   * @throws IllegalArgumentException if the batches do not fit into the {@linkplain
   *     SubscribeOptions#window() window}
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public Subscription subscribeBatchesAsync(
      SubscribeOptions options, BatchOptions batches, AsyncBatchHandler handler) {
    Objects.requireNonNull(handler, "handler");
    long messages = (long) batches.size() * batches.parallelism();
    if (messages > options.window()) {
      throw new IllegalArgumentException(
          "Batches of "
              + messages
              + " messages in all do not fit into the window of "
              + options.window()
              + ": make them smaller, or the window larger.");
    }
    return begin(options, new BatchedHandler(batches, handler));
  }

  private RealSubscription begin(SubscribeOptions options, AsyncMessageHandler handler) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(handler, "handler");
    return subscriptions.begin(options, handler);
  }

  /**
   * Receives messages as a reactive stream: {@code java.util.concurrent.Flow}, which every reactive
   * library reads.
   *
   * <p>Nothing happens until it is subscribed to. Each subscriber then has a {@link Subscription}
   * and a connection of its own, so give a {@linkplain SubscribeOptions#durableName() durable name}
   * to no more than one at a time. Signals come one at a time on the client's worker threads;
   * {@code onSubscribe} comes on the thread that subscribes, and so does the error of a
   * subscription that cannot begin.
   *
   * <ul>
   *   <li>A message is acknowledged after {@code onNext} has returned. A library that buffers
   *       behind {@code onNext} is acknowledged for what it has only buffered.
   *   <li>Messages that are not requested wait: up to {@linkplain SubscribeOptions#window() the
   *       window}, in messages and in bytes, here, and the others at the bridge. {@link
   *       SubscribeOptions#handlerDeadline()} does not apply.
   *   <li>{@code cancel()} ends the subscription as soon as a running {@code onNext} has returned;
   *       what waits is not acknowledged.
   *   <li>The end of the subscription is {@code onComplete} after {@link #close()}, and {@code
   *       onError} with the terminal error otherwise. Messages that still wait are not delivered,
   *       because they can no longer be acknowledged.
   *   <li>{@code onNext} must not throw (Reactive Streams, rule 2.13). If it does, that is logged,
   *       the message is not acknowledged, and the subscription ends as if cancelled. {@link
   *       SubscribeOptions#failurePolicy()} therefore decides about undecodable messages only.
   * </ul>
   *
   * @param options what to receive, and how
   * @return a publisher for any number of subscribers; if there are no credentials, or the client
   *     is closed, a subscriber gets {@code onError}
   */
  public Flow.Publisher<DeliveredMessage> publisher(SubscribeOptions options) {
    Objects.requireNonNull(options, "options");
    return new MessagePublisher(handler -> begin(options, handler), resources.workers());
  }

  /**
   * Receives messages one by one on the caller's thread, for scripts.
   *
   * @param options what to receive, and how; {@link SubscribeOptions#handlerDeadline()} does not
   *     apply
   * @return the running stream; it connects in the background, and must be closed
   * @throws AuthenticationException if neither the options nor the client have credentials for the
   *     bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public MessageStream stream(SubscribeOptions options) {
    return QueuedMessageStream.open(handler -> begin(options, handler));
  }

  /**
   * Replaces the credentials without a restart, as {@link Subscription#updateCredentials} does, for
   * all subscriptions without {@linkplain SubscribeOptionsBuilder#credentials credentials of their
   * own}.
   *
   * <p>Later subscriptions use the old credentials until the bridge has accepted the new ones for
   * one subscription; if it accepts them for none, the old ones stay. One acceptance is enough: if
   * the bridge refuses them to another subscription, the reason is that subscription's topics, and
   * it keeps the old ones. If no subscription is established, the new ones apply at once.
   *
   * @param replacement a renewed certificate, or username and token
   */
  public void updateCredentials(Credentials replacement) {
    Objects.requireNonNull(replacement, "replacement");
    subscriptions.updateCredentials(replacement);
  }

  /**
   * The subscriptions that {@link #health()} and {@link #stats()} cover: those that have not ended,
   * and those that an error has ended. The latter stay until they are closed, or until another
   * begins with the same {@linkplain SubscribeOptions#topicFilters() topic filters}; a publisher's
   * subscription leaves right after {@code onError}.
   *
   * @return a snapshot, in the order in which they began
   */
  public List<Subscription> subscriptions() {
    return List.copyOf(subscriptions.all());
  }

  /**
   * Whether all {@link #subscriptions()} work, for health checks: the health of the worst. The
   * client is live if all of them are, and ready if all that are not being closed are ready. From
   * the worst to the best: {@code FAILED}, {@code STALLED}, {@code REFUSED}, {@code DISCONNECTED},
   * {@code CONNECTING}, {@code HANDLER_OUTAGE}, {@code RETRYING}, {@code PAUSED}, {@code QUIET},
   * {@code RECEIVING}, {@code CLOSING}. A client without a subscription is {@code CLOSED}: live,
   * and not ready.
   *
   * @return readiness and liveness at this moment; the detail begins with the enterprise of the
   *     subscription whose health it is
   */
  public SubscriptionHealth health() {
    return subscriptions.health();
  }

  /**
   * Counts since the client was built, over all its subscriptions, including those that have ended;
   * no count ever goes down. Of the other values, {@code inFlight} is the sum over {@link
   * #subscriptions()}, {@code windowUsed} the largest, {@code lag} the longest and {@code
   * lastMessageAt} the latest; {@code subscribedSince} is when the last of them was subscribed, and
   * null if one is not.
   *
   * @return a snapshot
   */
  public SubscriptionStats stats() {
    return subscriptions.stats();
  }

  /**
   * Measures the {@link #subscriptions()} of this client, and all later ones, for a metrics
   * library.
   *
   * @param metrics called for each of them
   * @return ends the measuring, which otherwise ends with the client
   */
  public MetricsBinding measure(SubscriptionMetricsFactory metrics) {
    Objects.requireNonNull(metrics, "metrics");
    return subscriptions.measure(metrics);
  }

  /**
   * Whether there is a {@link #management()}.
   *
   * @return false if the client was built without a management token
   */
  public boolean hasManagement() {
    return management != null;
  }

  /**
   * The management API, with API keys and MQTT certificates.
   *
   * @return the same object each time; it is closed with this client
   * @throws IllegalStateException if the client was built without a management token
   */
  public Management management() {
    if (management == null) {
      throw new IllegalStateException(
          "The management API needs a token: pass one to builder(...).managementToken(...)");
    }
    return management;
  }

  /**
   * Closes every subscription, each with its default drain, and ends the client's threads. Called
   * from within a handler, it returns at once, and the rest happens in the background.
   */
  @Override
  public void close() {
    subscriptions.close(this::endThreads);
  }

  private void endThreads() {
    resources.control().shutdown();
    resources.workers().close();
    resources.writers().close();
    if (management != null) {
      management.close();
    }
  }
}
