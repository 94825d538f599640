package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.GapLedger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A running subscription: one connection to the bridge, which the SDK keeps up until you close it
 * or a terminal error ends it. Made by {@code NHubClient.subscribe}, which returns at once; the SDK
 * connects in the background, and treats the first failure like any later one.
 *
 * <p>Safe for use by several threads; every method may be called from a handler.
 */
public interface Subscription extends AutoCloseable {
  /** How long {@link #close()} waits for handlers: 10 seconds. */
  Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

  /**
   * The options that it began with.
   *
   * @return the options; their credentials are the first that it had
   */
  SubscribeOptions options();

  /**
   * Its state.
   *
   * @return the state at this moment
   */
  SubscriptionState state();

  /**
   * Counts since it started.
   *
   * @return a snapshot
   */
  SubscriptionStats stats();

  /**
   * Whether it works, for health checks.
   *
   * @return readiness and liveness at this moment, with the reason
   */
  SubscriptionHealth health();

  /**
   * The books of what devices send, and what of it is missing.
   *
   * @return the ledger; empty without {@link SubscribeOptions#gaps()}
   */
  default Optional<GapLedger> gaps() {
    return Optional.empty();
  }

  /**
   * Waits until it is subscribed, for an application that must fail fast when it starts.
   *
   * @param timeout how long to wait
   * @throws NHubException the terminal error that ended it; if the time is up, the last transient
   *     error, or a {@link ConnectionException} if nothing has failed yet. The SDK then still tries
   *     to connect, until you close the subscription
   * @throws IllegalStateException if it was closed
   * @throws InterruptedException if the waiting thread is interrupted
   */
  void awaitConnected(Duration timeout) throws InterruptedException;

  /**
   * Waits until it has ended.
   *
   * @throws NHubException the terminal error, if one ended it
   * @throws InterruptedException if the waiting thread is interrupted
   */
  void awaitClosed() throws InterruptedException;

  /**
   * Completes when it has ended: normally after {@code close()}, exceptionally with the terminal
   * error.
   *
   * @return a future; completing or cancelling it has no effect on the subscription
   */
  CompletableFuture<Void> closed();

  /** Stops reading; the connection stays up. Messages already read are handled. Idempotent. */
  void pause();

  /** Resumes reading after {@link #pause()}. Idempotent. */
  void resume();

  /**
   * Replaces the credentials without a restart. If the subscription is established, the SDK opens a
   * second connection first, and closes the old one when the bridge has accepted the new one: no
   * message is missed, and if the bridge refuses the new credentials, the old ones stay in use. The
   * outcome is a {@link SubscriptionEvent.CredentialsReplaced} or {@link
   * SubscriptionEvent.CredentialsRefused}. Otherwise the SDK connects again at once.
   *
   * <p>From this call on the subscription has credentials of its own, even if the bridge refuses
   * them: {@code NHubClient.updateCredentials} does not change them.
   *
   * @param replacement a renewed certificate, or username and token
   */
  void updateCredentials(Credentials replacement);

  /**
   * Ends it: stops reading, lets handlers finish, acknowledges, disconnects. Idempotent, and
   * allowed in every state and on every thread. In a handler, it does not wait for that handler's
   * own message, but returns at once with an empty report, and closes in the background.
   *
   * @param drain how long to wait for handlers; zero not to wait
   * @return what was left behind
   */
  DrainReport close(Duration drain);

  /**
   * Ends it like {@link #close(Duration)}, and ends a durable session at the bridge, with all
   * messages queued in it. Without a connection, the session lasts until it expires.
   *
   * @param drain how long to wait for handlers
   * @return what was left behind
   */
  DrainReport forget(Duration drain);

  /** Ends it, waiting up to {@link #DEFAULT_DRAIN} for handlers. */
  @Override
  default void close() {
    close(DEFAULT_DRAIN);
  }
}
