package io.nnnco.nhub.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/**
 * All listeners of the application by their ids, to start, stop and pause them. Part of the
 * application's life: it starts them when the application is ready, after its runners, and stops
 * them before anything else is stopped. Thread-safe.
 */
public final class NHubListenerRegistry
    implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent>, Ordered {
  /** After the web server, which is stopped after the listeners then. */
  public static final int PHASE = Integer.MAX_VALUE - 100;

  private static final Logger log = LoggerFactory.getLogger(NHubListenerRegistry.class);

  /** Spring Boot registers it in each context that it will declare ready. */
  private static final String STARTED_BY_BOOT = "springApplicationArguments";

  private final ConfigurableApplicationContext context;
  private final Duration drain;
  private final KeepAlive keepAlive;
  private final Map<String, NHubListenerContainer> containers = new LinkedHashMap<>();
  private boolean ready;
  private boolean running;

  NHubListenerRegistry(
      ConfigurableApplicationContext context, Duration drain, KeepAlive keepAlive) {
    this.context = context;
    this.drain = drain;
    this.keepAlive = keepAlive;
  }

  /**
   * The listeners in the order in which they were found.
   *
   * @return a snapshot
   */
  public synchronized Collection<NHubListenerContainer> containers() {
    return List.copyOf(containers.values());
  }

  /**
   * A listener by its id.
   *
   * @param id the id
   * @return the listener
   * @throws NoSuchElementException if there is none; the message lists those that there are
   */
  public synchronized NHubListenerContainer get(String id) {
    NHubListenerContainer container = containers.get(id);
    if (container == null) {
      throw new NoSuchElementException(
          "There is no listener \"" + id + "\". There are: " + containers.keySet());
    }
    return container;
  }

  void register(ListenerMethod method, NHubListenerContainer container) {
    synchronized (this) {
      String durable = container.options().durableName();
      for (NHubListenerContainer other : containers.values()) {
        if (other.id().equals(container.id())) {
          throw method.fault(
              "There is another listener with the id \"" + other.id() + "\".",
              "Give each an id of its own: @NHubListener(id = \"…\").");
        }
        if (durable != null && durable.equals(other.options().durableName())) {
          throw method.fault(
              "The listener \"" + other.id() + "\" has the durable name \"" + durable + "\" too.",
              "Give each a durable name of its own: @NHubListener(durable = \"…\").");
        }
      }
      containers.put(container.id(), container);
      if (!running || !started()) {
        return;
      }
    }
    start(List.of(container));
  }

  /** Called by Spring. */
  @Override
  public void start() {
    synchronized (this) {
      running = true;
      if (!started()) {
        return;
      }
    }
    start(containers());
  }

  /** Called by Spring Boot after the runners. */
  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    if (event.getApplicationContext() != context) {
      return;
    }
    synchronized (this) {
      if (ready || !running) {
        return;
      }
      ready = true;
    }
    start(containers());
  }

  private boolean started() {
    return ready || !context.getBeanFactory().containsSingleton(STARTED_BY_BOOT);
  }

  private void start(Collection<NHubListenerContainer> some) {
    List<NHubListenerContainer> starting =
        some.stream().filter(NHubListenerContainer::autoStartup).toList();
    starting.forEach(NHubListenerContainer::start);
    if (!some.isEmpty()) {
      keepAlive.begin();
    }
    if (!starting.isEmpty()) {
      log.info(
          "Started N-Hub listeners: {}",
          starting.stream().map(NHubListenerContainer::id).collect(Collectors.joining(", ")));
    }
  }

  /** Called by Spring. */
  @Override
  public void stop() {
    synchronized (this) {
      running = false;
    }
    List<Thread> closing = new ArrayList<>();
    for (NHubListenerContainer container : containers()) {
      Thread thread = new Thread(() -> stop(container), "nhub-stop-" + container.id());
      thread.setDaemon(true);
      thread.start();
      closing.add(thread);
    }
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      keepAlive.end();
    }
  }

  private void stop(NHubListenerContainer container) {
    int abandoned = container.stop(drain).abandoned();
    if (abandoned > 0) {
      log.warn(
          "The listener {} was stopped with {} messages unfinished; the bridge sends those of a"
              + " durable name again",
          container.id(),
          abandoned);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** Late among those that wait for the application to be ready. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 100;
  }
}
