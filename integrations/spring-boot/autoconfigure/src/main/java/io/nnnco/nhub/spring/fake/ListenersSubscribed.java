package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.spring.NHubListenerContainer;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Lets a test begin when the fake would deliver to each listener what the test publishes. */
final class ListenersSubscribed implements ApplicationListener<ApplicationReadyEvent>, Ordered {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectProvider<NHubListenerRegistry> registry;

  ListenersSubscribed(ObjectProvider<NHubListenerRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    registry.ifAvailable(
        listeners ->
            listeners.containers().stream()
                .filter(NHubListenerContainer::isRunning)
                .flatMap(container -> container.subscription().stream())
                .forEach(ListenersSubscribed::await));
  }

  private static void await(Subscription subscription) {
    try {
      subscription.awaitConnected(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before the listeners were subscribed", e);
    }
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
