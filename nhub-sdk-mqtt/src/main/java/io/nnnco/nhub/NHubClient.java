package io.nnnco.nhub;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.UplinkHandler;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.Phase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.ClientResources;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.adapter.MessagePublisher;
import io.nnnco.nhub.stream.internal.adapter.QueuedMessageStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The client of an N-Hub: one per API key, shared by all threads of the application. It hands
 * device messages to handlers; with a management token it also makes the API keys and certificates
 * for that.
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
 * <p>Safe for use by several threads. Its threads are daemons named {@code nhub-*}, and end with
 * {@link #close()}.
 */
public final class NHubClient implements AutoCloseable {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

  private final ClientResources environment;
  private @Nullable Credentials credentials;
  private int offered;
  private int accepted;
  private final @Nullable Management management;
  private final Set<RealSubscription> subscriptions = ConcurrentHashMap.newKeySet();

  /** Those that began with the former credentials while others were offered. */
  private final Set<RealSubscription> begunMeanwhile = ConcurrentHashMap.newKeySet();

  private boolean closed;

  NHubClient(
      ClientResources environment,
      @Nullable Credentials credentials,
      @Nullable Management management) {
    this.environment = environment;
    this.credentials = credentials;
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
   * @throws AuthenticationException if the client has no credentials for the bridge
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
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public Subscription subscribeAsync(SubscribeOptions options, AsyncMessageHandler handler) {
    return start(options, handler);
  }

  /** Under the lock, so that neither the end nor other credentials pass a new subscription by. */
  private synchronized RealSubscription start(
      SubscribeOptions options, AsyncMessageHandler handler) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(handler, "handler");
    if (closed) {
      throw new IllegalStateException("The client is closed");
    }
    Credentials shown = credentials;
    if (shown == null) {
      throw new AuthenticationException(
          StreamErrorCode.MISSING_CREDENTIALS,
          Phase.PREPARE,
          "There is nothing to show to the bridge.",
          null);
    }
    requireFree(options.durableName());
    RealSubscription subscription =
        RealSubscription.start(environment, options, shown, handler, clientId(options));
    subscriptions.add(subscription);
    if (offered > accepted) {
      begunMeanwhile.add(subscription);
    }
    var unused = subscription.finished().whenComplete((end, error) -> forget(subscription));
    return subscription;
  }

  private void forget(RealSubscription subscription) {
    subscriptions.remove(subscription);
    begunMeanwhile.remove(subscription);
  }

  /** Two under one name, and so under one client id, would take the session from each other. */
  private void requireFree(@Nullable String durableName) {
    if (durableName != null
        && subscriptions.stream().anyMatch(subscription -> subscription.holds(durableName))) {
      throw new IllegalStateException(
          "A subscription of this client has the durable name "
              + durableName
              + " already, and has not ended: close it before, or choose another name");
    }
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
   *   <li>What is not requested waits: here up to {@linkplain SubscribeOptions#window() the
   *       window}, in messages and in bytes; beyond that at the bridge. {@link
   *       SubscribeOptions#handlerDeadline()} does not hold here.
   *   <li>{@code cancel()} ends the subscription as soon as a running {@code onNext} has returned;
   *       what waits is not acknowledged.
   *   <li>The end of the subscription is {@code onComplete} after {@link #close()}, and {@code
   *       onError} with the terminal error otherwise. Messages that still wait then are left out:
   *       they can no longer be acknowledged.
   *   <li>{@code onNext} must not throw (Reactive Streams, rule 2.13). If it does, that is logged,
   *       the message is not acknowledged, and the subscription ends as if cancelled. {@link
   *       SubscribeOptions#failurePolicy()} therefore decides about undecodable messages only.
   * </ul>
   *
   * @param options what to receive, and how
   * @return a publisher for any number of subscribers; to one that comes when the client has no
   *     credentials or is closed, it says so with {@code onError}
   */
  public Flow.Publisher<DeliveredMessage> publisher(SubscribeOptions options) {
    Objects.requireNonNull(options, "options");
    return new MessagePublisher(handler -> start(options, handler), environment.workers());
  }

  /**
   * Receives messages one by one on a thread of the caller's, for scripts.
   *
   * @param options what to receive, and how; {@link SubscribeOptions#handlerDeadline()} does not
   *     hold here
   * @return the running stream; it connects in the background. To be closed
   * @throws AuthenticationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed, or another of its subscriptions has the
   *     durable name and has not ended
   */
  public MessageStream stream(SubscribeOptions options) {
    return QueuedMessageStream.open(handler -> start(options, handler));
  }

  /**
   * Goes over to other credentials, for all subscriptions, without a restart. A subscription that
   * stands opens a second connection first, and leaves the old one when the bridge has accepted the
   * new: no message is missed, and if they are refused, the old ones stay in use. The outcome is a
   * {@link SubscriptionEvent.CredentialsReplaced} or {@link SubscriptionEvent.CredentialsRefused}.
   * One that is connecting, waiting or refused begins anew at once.
   *
   * <p>What holds for a subscription that stands holds for the client: later subscriptions begin
   * with the old credentials until the bridge has accepted the new ones for one subscription, and
   * for good if it accepts them for none. One acceptance is enough: what refuses them to another
   * subscription is about its topics, and that one keeps the old. Where no subscription stands,
   * nothing tells which are better, and the new ones count at once.
   *
   * @param replacement a renewed certificate, or username and token
   */
  public synchronized void updateCredentials(Credentials replacement) {
    Objects.requireNonNull(replacement, "replacement");
    int number = ++offered;
    begunMeanwhile.clear();
    if (subscriptions.stream().noneMatch(each -> each.state() == SubscriptionState.SUBSCRIBED)) {
      accepted(number, replacement);
    }
    subscriptions.forEach(each -> offer(each, number, replacement));
  }

  private void offer(RealSubscription subscription, int number, Credentials replacement) {
    subscription.updateCredentials(replacement, () -> accepted(number, replacement));
  }

  private synchronized void accepted(int number, Credentials shown) {
    if (number > accepted) {
      accepted = number;
      credentials = shown;
      begunMeanwhile.forEach(each -> offer(each, number, shown));
      begunMeanwhile.clear();
    }
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

  private static String clientId(SubscribeOptions options) {
    if (options.durableName() != null) {
      return "nhub-" + options.durableName();
    }
    // 20 letters and digits, which every MQTT server accepts (MQTT-3.1.3-5).
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return "nhub" + HexFormat.of().formatHex(random);
  }

  /**
   * Closes every subscription, each with its default drain, and ends the client's threads. Called
   * from within a handler, it returns at once, and the rest happens in the background.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    subscriptions.forEach(
        subscription -> subscription.beginClose(Subscription.DEFAULT_DRAIN, false));
    CompletableFuture<?>[] ends =
        subscriptions.stream().map(RealSubscription::finished).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).whenComplete((end, error) -> endThreads());
    if (subscriptions.stream().noneMatch(RealSubscription::isInsideHandler)) {
      subscriptions.forEach(Subscription::close);
    }
  }

  private void endThreads() {
    environment.control().shutdown();
    environment.workers().close();
    if (management != null) {
      management.close();
    }
  }
}
