package io.nnnco.nhub.spring;

import io.nnnco.nhub.stream.DrainReport;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One {@link NHubListener} method, and its subscription while it runs. Thread-safe; every method
 * may be called from a listener.
 */
public final class NHubListenerContainer {
  private final String id;
  private final boolean autoStartup;
  private final SubscribeOptions options;
  private final Supplier<Subscription> subscribe;
  private @Nullable Subscription subscription;

  NHubListenerContainer(
      String id, boolean autoStartup, SubscribeOptions options, Supplier<Subscription> subscribe) {
    this.id = id;
    this.autoStartup = autoStartup;
    this.options = options;
    this.subscribe = subscribe;
  }

  /**
   * Its name.
   *
   * @return {@link NHubListener#id()}, or the names of bean and method with a dot between
   */
  public String id() {
    return id;
  }

  /**
   * Whether it starts with the application.
   *
   * @return false if only {@link #start()} starts it
   */
  public boolean autoStartup() {
    return autoStartup;
  }

  /**
   * What it receives, and how.
   *
   * @return the options of each of its subscriptions
   */
  public SubscribeOptions options() {
    return options;
  }

  /**
   * Its subscription, for its state, health and counts.
   *
   * @return the latest, which may have ended; empty if it was never started
   */
  public synchronized Optional<Subscription> subscription() {
    return Optional.ofNullable(subscription);
  }

  /**
   * Whether it has a subscription that has not ended; it may be connecting, or paused.
   *
   * @return false before {@link #start()}, after {@link #stop()}, and after a terminal error
   */
  public synchronized boolean isRunning() {
    return running() != null;
  }

  private synchronized @Nullable Subscription running() {
    Subscription current = subscription;
    return current == null || current.state() == SubscriptionState.CLOSED ? null : current;
  }

  /**
   * Subscribes; it connects in the background. Does nothing if it runs already. Also starts it
   * again after a terminal error.
   *
   * @throws NHubConfigurationException if the client has no credentials for the bridge
   * @throws IllegalStateException if the client is closed, or another subscription has the durable
   *     name
   */
  public synchronized void start() {
    if (running() != null) {
      return;
    }
    if (subscription != null) {
      subscription.close(Duration.ZERO);
    }
    try {
      subscription = subscribe.get();
    } catch (AuthenticationException e) {
      throw new NHubConfigurationException(
          "nhub.credentials.directory",
          "The listener " + id + " cannot subscribe: there are no credentials for the bridge.",
          "Set nhub.credentials.directory; or nhub.credentials.username, token and ca; or"
              + " nhub.credentials.ssl-bundle.",
          e);
    }
  }

  /** Ends the subscription, waiting up to {@link Subscription#DEFAULT_DRAIN} for the method. */
  public void stop() {
    stop(Subscription.DEFAULT_DRAIN);
  }

  /**
   * Ends the subscription: reads nothing new, waits for the method, acknowledges, disconnects. A
   * durable session stays at the bridge. Idempotent.
   *
   * @param drain how long to wait for the method
   * @return what was left behind
   */
  public DrainReport stop(Duration drain) {
    Subscription current = running();
    return current == null ? new DrainReport(0, 0) : current.close(drain);
  }

  /**
   * Stops reading; the connection stays up. Idempotent.
   *
   * @throws IllegalStateException if it is not running
   */
  public void pause() {
    required().pause();
  }

  /**
   * Reads again after {@link #pause()}. Idempotent.
   *
   * @throws IllegalStateException if it is not running
   */
  public void resume() {
    required().resume();
  }

  private Subscription required() {
    Subscription current = running();
    if (current == null) {
      throw new IllegalStateException("The listener " + id + " is not running: start it first");
    }
    return current;
  }

  /** Its id, and whether it runs. */
  @Override
  public String toString() {
    return "NHubListenerContainer[id=" + id + ", running=" + isRunning() + "]";
  }
}
