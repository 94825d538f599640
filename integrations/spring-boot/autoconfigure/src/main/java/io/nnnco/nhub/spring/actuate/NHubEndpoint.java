package io.nnnco.nhub.spring.actuate;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.spring.NHubListenerContainer;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.stream.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The Actuator endpoint {@code nhub}: the listeners and other subscriptions, with their states and
 * counts; and to start, stop, pause and resume a listener.
 */
@Endpoint(id = "nhub")
public final class NHubEndpoint {
  private final NHubClient client;
  private final NHubListenerRegistry registry;

  NHubEndpoint(NHubClient client, NHubListenerRegistry registry) {
    this.client = client;
    this.registry = registry;
  }

  /** What can be done with a listener. */
  public enum Action {
    /** Subscribe. */
    START,
    /** End the subscription. */
    STOP,
    /** Stop reading, and stay connected. */
    PAUSE,
    /** Read again. */
    RESUME
  }

  /**
   * Everything.
   *
   * @param health whether all subscriptions work
   * @param listeners the listeners by id
   * @param otherSubscriptions the client's subscriptions that are not those of listeners
   */
  public record ClientDescriptor(
      SubscriptionDescriptor.HealthDescriptor health,
      Map<String, ListenerDescriptor> listeners,
      List<SubscriptionDescriptor> otherSubscriptions) {}

  /**
   * One listener.
   *
   * @param running whether it has a subscription that has not ended
   * @param autoStartup whether it starts with the application
   * @param subscription its subscription; null if it was never started
   */
  public record ListenerDescriptor(
      boolean running, boolean autoStartup, @Nullable SubscriptionDescriptor subscription) {
    static ListenerDescriptor of(NHubListenerContainer container) {
      return new ListenerDescriptor(
          container.isRunning(),
          container.autoStartup(),
          container.subscription().map(SubscriptionDescriptor::of).orElse(null));
    }
  }

  /**
   * Everything.
   *
   * @return a snapshot
   */
  @ReadOperation
  public ClientDescriptor client() {
    Map<String, ListenerDescriptor> listeners = new LinkedHashMap<>();
    Set<Subscription> known = new HashSet<>();
    for (NHubListenerContainer container : registry.containers()) {
      listeners.put(container.id(), ListenerDescriptor.of(container));
      container.subscription().ifPresent(known::add);
    }
    List<SubscriptionDescriptor> others = new ArrayList<>();
    for (Subscription subscription : client.subscriptions()) {
      if (!known.contains(subscription)) {
        others.add(SubscriptionDescriptor.of(subscription));
      }
    }
    return new ClientDescriptor(
        SubscriptionDescriptor.HealthDescriptor.of(client.health()), listeners, others);
  }

  /**
   * One listener.
   *
   * @param id its id
   * @return a snapshot; null, which is a 404, if there is none
   */
  @ReadOperation
  public @Nullable ListenerDescriptor listener(@Selector String id) {
    NHubListenerContainer container = found(id);
    return container == null ? null : ListenerDescriptor.of(container);
  }

  /**
   * Changes a listener.
   *
   * @param id its id
   * @param action what to do
   * @return the listener afterwards; null, which is a 404, if there is none
   */
  @WriteOperation
  public @Nullable ListenerDescriptor change(@Selector String id, Action action) {
    NHubListenerContainer container = found(id);
    if (container == null) {
      return null;
    }
    Runnable change =
        switch (action) {
          case START -> container::start;
          case STOP -> container::stop;
          case PAUSE -> container::pause;
          case RESUME -> container::resume;
        };
    change.run();
    return ListenerDescriptor.of(container);
  }

  private @Nullable NHubListenerContainer found(String id) {
    for (NHubListenerContainer container : registry.containers()) {
      if (container.id().equals(id)) {
        return container;
      }
    }
    return null;
  }
}
