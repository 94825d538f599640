package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailureHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Methods that receive messages. */
@NHubTest
class NHubListenerTest {
  /** What the listeners got, as text. */
  static final class Log extends LinkedBlockingQueue<String> {
    private static final long serialVersionUID = 1L;

    String next() throws InterruptedException {
      String next = poll(Eventually.SOON.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("Nothing was handled");
      }
      return next;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Shared {
    @Bean
    Log log() {
      return new Log();
    }
  }

  private static ApplicationContextRunner with(FakeNHub fake, Class<?> listeners) {
    return Contexts.with(fake).withUserConfiguration(Shared.class).withBean("bean", listeners);
  }

  static NHubListenerRegistry subscribed(ApplicationContext context) throws InterruptedException {
    NHubListenerRegistry registry = context.getBean(NHubListenerRegistry.class);
    for (NHubListenerContainer container : registry.containers()) {
      if (container.isRunning()) {
        container.subscription().orElseThrow().awaitConnected(Eventually.SOON);
      }
    }
    return registry;
  }

  static class ByKind {
    private final Log log;

    ByKind(Log log) {
      this.log = log;
    }

    @NHubListener(enterprise = "${my.enterprise}")
    void uplink(Uplink uplink, Delivery delivery) {
      log.add("uplink " + uplink.deviceId() + " " + delivery.topic());
    }

    @NHubListener(enterprise = "#{'nnn.' + 'acme'}")
    protected void downlink(Downlink downlink) {
      log.add("downlink " + downlink.deviceId());
    }

    @NHubListener(enterprise = "nnn.acme")
    void join(Delivery delivery, Join join) {
      log.add("join " + join.deviceId() + delivery.redelivered());
    }

    @NHubListener(id = "all", enterprise = "nnn.acme", devices = "D")
    public CompletionStage<Void> all(DeviceMessage message) {
      return CompletableFuture.runAsync(() -> log.add("other " + message.kind()));
    }
  }

  @Test
  void parameters_byType_getTheirMessages(FakeNHub fake) {
    with(fake, ByKind.class)
        .withPropertyValues("my.enterprise=nnn.acme")
        .run(
            context -> {
              subscribed(context);
              Log log = context.getBean(Log.class);
              fake.publish(FakeMessage.uplink("A"));
              assertEquals("uplink A v4/groups/nnn.acme.master/A/uplinks", log.next());
              fake.publish(FakeMessage.downlink("B"));
              assertEquals("downlink B", log.next());
              fake.publish(FakeMessage.join("C"));
              assertEquals("join Cfalse", log.next());
              fake.publish(FakeMessage.join("D"));
              String first = log.next();
              assertEquals(
                  Set.of("join Dfalse", "other JOIN"), new HashSet<>(List.of(first, log.next())));
            });
  }

  static class Channels {
    private final Log log;

    Channels(Log log) {
      this.log = log;
    }

    @NHubListener(enterprise = "nnn.acme")
    void on(
        @Channel("temperature") double temperature,
        @Channel("humidity") OptionalDouble humidity,
        @Channel("door") @Nullable String door,
        Uplink uplink) {
      log.add(uplink.deviceId() + " " + temperature + " " + humidity.isPresent() + " " + door);
    }
  }

  @Test
  void channel_ofAPrimitive_isRequiredAndOthersAreNot(FakeNHub fake) {
    with(fake, Channels.class)
        .run(
            context -> {
              subscribed(context);
              fake.publish(FakeMessage.uplink("A").reading("humidity", 60, "%"))
                  .awaitDelivered(Eventually.SOON);
              fake.publish(
                  FakeMessage.uplink("A")
                      .reading("temperature", 21.5, "°C")
                      .reading("door", "open", null));
              assertEquals("A 21.5 false open", context.getBean(Log.class).next());
            });
  }

  static class Batches {
    private final Log log;

    Batches(Log log) {
      this.log = log;
    }

    @NHubListener(
        enterprise = {"nnn.acme, nnn.acme"},
        kinds = {MessageKind.UPLINK, MessageKind.JOIN},
        batchSize = "3",
        batchDelay = "1h",
        concurrency = "2")
    void on(List<DeliveredMessage> batch) {
      log.add(batch.stream().map(one -> one.message().deviceId()).toList().toString());
    }
  }

  @Test
  void batch_full_isOneCall(FakeNHub fake) {
    with(fake, Batches.class)
        .run(
            context -> {
              subscribed(context);
              fake.publish(FakeMessage.uplink("A"));
              fake.publish(FakeMessage.join("B"));
              fake.publish(FakeMessage.uplink("C"));
              assertEquals("[A, B, C]", context.getBean(Log.class).next());
            });
  }

  static class Everything {
    @NHubListener(
        id = "x",
        enterprise = "nnn.acme",
        devices = "${devices}",
        durable = "name",
        sessionExpiry = "2h",
        sharedGroup = "group",
        window = "7",
        handlerDeadline = "9s",
        autoStartup = "false")
    void on(Uplink uplink) {}
  }

  @Test
  void attributes_each_becomeOptions(FakeNHub fake) {
    with(fake, Everything.class)
        .withPropertyValues("devices=A,B")
        .run(
            context -> {
              NHubListenerContainer x = context.getBean(NHubListenerRegistry.class).get("x");
              SubscribeOptions options = x.options();
              assertEquals(List.of("A", "B"), List.copyOf(options.devices()));
              assertEquals("name", options.durableName());
              assertEquals(Duration.ofHours(2), options.sessionExpiry());
              assertEquals("group", options.sharedGroup());
              assertEquals(7, options.window());
              assertEquals(Duration.ofSeconds(9), options.handlerDeadline());
              assertFalse(x.isRunning());
            });
  }

  static class Failing {
    private final Log log;

    Failing(Log log) {
      this.log = log;
    }

    @NHubListener(enterprise = "nnn.acme", errorHandler = "deadLetters")
    void on(Uplink uplink) {
      log.add("called");
      throw new IllegalStateException("broken");
    }
  }

  @Test
  void errorHandler_messageGivenUp_getsIt(FakeNHub fake) {
    BlockingQueue<String> dead = new LinkedBlockingQueue<>();
    with(fake, Failing.class)
        .withPropertyValues(
            "nhub.subscription.failure.retries=0", "nhub.subscription.failure.patience=0s")
        .withBean(
            "deadLetters",
            FailureHandler.class,
            () -> failure -> dead.add(String.valueOf(failure.cause().getMessage())))
        .run(
            context -> {
              subscribed(context);
              fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);
              assertEquals("broken", dead.poll(60, TimeUnit.SECONDS));
            });
  }

  @Test
  void registry_stopStartPause_changeOneListener(FakeNHub fake) {
    with(fake, ByKind.class)
        .withPropertyValues("my.enterprise=nnn.acme")
        .run(
            context -> {
              NHubListenerRegistry registry = subscribed(context);
              assertThrows(NoSuchElementException.class, () -> registry.get("nothing"));
              NHubListenerContainer uplinks = registry.get("bean.uplink");
              assertTrue(uplinks.isRunning());
              uplinks.pause();
              assertEquals("PAUSED", uplinks.subscription().orElseThrow().health().reason().name());
              uplinks.resume();
              assertTrue(uplinks.stop(Duration.ofSeconds(9)).complete());
              assertFalse(uplinks.isRunning());
              assertThrows(IllegalStateException.class, uplinks::pause);
              assertTrue(registry.get("all").isRunning());
              uplinks.start();
              subscribed(context);
              fake.publish(FakeMessage.uplink("A"));
              assertTrue(context.getBean(Log.class).next().startsWith("uplink A"));
            });
  }

  /** A bean that handlers use, and that says when it is closed. */
  static final class Database implements AutoCloseable {
    private final Log log;
    private volatile boolean closed;

    Database(Log log) {
      this.log = log;
    }

    void write(String row) {
      log.add(closed ? "written after close" : "written " + row);
    }

    @Override
    public void close() {
      closed = true;
      log.add("closed");
    }
  }

  static class Slow {
    private final Database database;
    private final CompletableFuture<Void> begun;

    Slow(Database database, CompletableFuture<Void> begun) {
      this.database = database;
      this.begun = begun;
    }

    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) throws InterruptedException {
      begun.complete(null);
      // Until the context is closing, which interrupts nothing.
      TimeUnit.MILLISECONDS.sleep(1);
      database.write(uplink.deviceId());
    }
  }

  @Test
  void context_closes_runningHandlersFinishBeforeWhatTheyUse(FakeNHub fake) throws Exception {
    Log[] log = new Log[1];
    with(fake, Slow.class)
        .withBean(Database.class)
        .withBean("begun", CompletableFuture.class, CompletableFuture::new)
        .run(
            context -> {
              Subscription subscription =
                  subscribed(context).get("bean.on").subscription().orElseThrow();
              log[0] = context.getBean(Log.class);
              for (int i = 0; i < 500; i++) {
                fake.publish(FakeMessage.uplink("device-" + i));
              }
              context.getBean("begun", CompletableFuture.class).get(60, TimeUnit.SECONDS);
              context.getSourceApplicationContext().close();
              assertEquals(0, subscription.stats().inFlight());
              assertEquals(subscription.stats().received(), subscription.stats().acknowledged());
            });
    List<String> all = List.copyOf(log[0]);
    assertFalse(all.contains("written after close"));
    assertEquals("closed", all.get(all.size() - 1));
    assertTrue(all.size() > 1);
  }

  @Test
  void listener_beanIsLazy_isFoundAllTheSame(FakeNHub fake) {
    Contexts.with(fake)
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withUserConfiguration(Shared.class)
        .withBean("bean", Channels.class)
        .run(
            context ->
                assertEquals(1, context.getBean(NHubListenerRegistry.class).containers().size()));
  }
}
