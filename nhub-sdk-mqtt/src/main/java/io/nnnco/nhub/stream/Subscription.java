package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A running subscription: one connection to the bridge, kept up until it is closed or a terminal
 * error ends it. Made by {@code NHubClient.subscribe}, which returns at once; the connection is
 * made in the background, and the first failure is treated like any later one.
 *
 * <p>Safe for use by several threads; every method may be called from a handler.
 */
public interface Subscription extends AutoCloseable {
  /** How long {@link #close()} waits for handlers: 10 seconds. */
  Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

  /**
   * What it was begun with.
   *
   * @return the options; their credentials are the first that it had
   */
  SubscribeOptions options();

  /**
   * Where it is in its life.
   *
   * @return the state at this moment
   */
  SubscriptionState state();

  /**
   * Counts since it began.
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
   * Waits until it is subscribed: for a start that fails fast.
   *
   * @param timeout how long to wait
   * @throws NHubException the terminal error that ended it, or the last transient one when the time
   *     is up; a {@link ConnectionException} when nothing has failed yet. After a time-out the
   *     subscription goes on trying: close it, or let it
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

  /** Stops reading; the connection stays. Messages already read are handled. Idempotent. */
  void pause();

  /** Reads on after {@link #pause()}. Idempotent. */
  void resume();

  /**
   * Goes over to other credentials without a restart. A subscription that stands opens a second
   * connection first, and leaves the old one when the bridge has accepted the new: no message is
   * missed, and if they are refused, the old ones stay in use. The outcome is a {@link
   * SubscriptionEvent.CredentialsReplaced} or {@link SubscriptionEvent.CredentialsRefused}. One
   * that is connecting, waiting or refused begins anew at once.
   *
   * <p>From this call on the subscription has credentials of its own, even if the bridge refuses
   * them: {@code NHubClient.updateCredentials} does not change them.
   *
   * @param replacement a renewed certificate, or username and token
   */
  void updateCredentials(Credentials replacement);

  /**
   * Ends it: stops reading, lets handlers finish, acknowledges, disconnects. Idempotent, and legal
   * in every state and on every thread; from within a handler it does not wait for that handler's
   * own message, but returns at once with an empty report, and the rest happens in the background.
   *
   * @param drain how long to wait for handlers; zero to wait for none
   * @return what was left behind
   */
  DrainReport close(Duration drain);

  /**
   * Ends it like {@link #close(Duration)}, and has the bridge forget a durable session and what it
   * has queued. Without a connection the bridge cannot be told: it forgets the session when that
   * expires.
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
