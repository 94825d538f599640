package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.spring.NHubListenerContainer;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/** Lets a test begin when the fake would deliver to each listener what the test publishes. */
final class ListenersSubscribed
    implements ApplicationListener<ApplicationReadyEvent>, SmartLifecycle, Ordered {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectProvider<NHubListenerRegistry> registry;
  private volatile boolean running;

  ListenersSubscribed(ObjectProvider<NHubListenerRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    awaitAll();
  }

  private void awaitAll() {
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

  /** Nothing runs yet at the first start; Spring starts a context again that it had paused. */
  @Override
  public void start() {
    running = true;
    awaitAll();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the listeners. */
  @Override
  public int getPhase() {
    return NHubListenerRegistry.PHASE + 1;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
