package io.nnnco.nhub.identity;

import io.nnnco.nhub.core.NHubException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where a client gets credentials that change while it runs: a {@link WatchedIdentity}, a {@code
 * ManagedIdentity}, or a source of your own, such as the API of a secret store.
 *
 * <p>The client begins one supply when it is built, and closes it when it is closed. Each change
 * goes over to a second connection before the first one ends, so that no message is lost.
 *
 * <p>A source is a description: immutable, thread-safe, and usable for any number of clients.
 */
public interface CredentialsSource {

  /**
   * Begins to supply a client. Called on the thread that builds the client; may block.
   *
   * @param client the client, which hears of changes from now on
   * @return the supply, with the first credentials
   * @throws NHubException if there are no first credentials; the client is not built
   */
  Supply begin(Recipient client);

  /** The supply of one client. Its methods are called by several threads, and must not block. */
  interface Supply extends AutoCloseable {

    /**
     * The credentials to begin with.
     *
     * @return the same at each call
     */
    Credentials first();

    /**
     * Whether the source renews a certificate by itself, and reports each attempt that fails. If it
     * does not, the client reminds of the expiry.
     *
     * @return false by default
     */
    default boolean renews() {
      return false;
    }

    /**
     * The bridge has accepted these credentials, and no subscription of the client uses others of
     * this source any more. Called at each reconnect, too. Does nothing by default.
     *
     * @param credentials the first ones, or those that were offered last
     */
    default void accepted(Credentials credentials) {}

    /**
     * Credentials did not come into use for one of the subscriptions, which continues with its
     * former ones, if it had any. The client offers them to the bridge again by itself, less and
     * less often. Does nothing by default.
     *
     * @param credentials what was offered
     * @param cause why
     */
    default void refused(Credentials credentials, NHubException cause) {}

    /** Ends the supply. Nothing may be offered afterwards. */
    @Override
    void close();
  }

  /** The client, as a source sees it. Thread-safe; no method blocks or throws. */
  interface Recipient {

    /**
     * The client's clock.
     *
     * @return the time of day
     */
    InstantSource clock();

    /**
     * There are other credentials. Those in use stay until the bridge has accepted these.
     *
     * @param next the credentials, in date
     */
    void offer(Credentials next);

    /**
     * There is something new, and it cannot be used; the current credentials stay in use. Call it
     * once per problem.
     *
     * @param cause what is wrong, and what to do
     */
    void unusable(NHubException cause);

    /** What was unusable is gone, and the credentials offered last are valid. */
    void recovered();

    /**
     * A certificate is due for renewal and was not renewed.
     *
     * @param cause what is wrong, and what to do
     * @param retryIn how long until the next attempt
     */
    void renewalFailed(NHubException cause, Duration retryIn);

    /**
     * A former certificate was revoked.
     *
     * @param certificateId its id at the platform
     * @param toMakeRoom whether it was revoked before its successor existed, because the API key
     *     has no room for another active certificate
     */
    void revoked(String certificateId, boolean toMakeRoom);
  }
}
