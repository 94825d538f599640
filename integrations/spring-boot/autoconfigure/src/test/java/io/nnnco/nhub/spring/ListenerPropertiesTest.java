package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How listeners are run, by the properties of {@code nhub.listener}. */
@NHubTest
class ListenerPropertiesTest {
  static class OneListener {
    @NHubListener(id = "one", enterprise = "nnn.acme")
    void on(Uplink uplink) {}
  }

  static class StartedByItself {
    @NHubListener(id = "one", enterprise = "nnn.acme", autoStartup = "true")
    void on(Uplink uplink) {}
  }

  @Test
  @Covers("nhub.listener.auto-startup")
  void autoStartup_off_startsOnlyWhatTheAnnotationOrTheRegistryStarts(FakeNHub fake) {
    Contexts.with(fake)
        .withBean(OneListener.class)
        .withPropertyValues("nhub.listener.auto-startup=false")
        .run(
            context -> {
              NHubListenerContainer one = context.getBean(NHubListenerRegistry.class).get("one");
              assertFalse(one.isRunning());
              one.start();
              assertTrue(one.isRunning());
            });
    Contexts.with(fake)
        .withBean(StartedByItself.class)
        .withPropertyValues("nhub.listener.auto-startup=false")
        .run(
            context ->
                assertTrue(context.getBean(NHubListenerRegistry.class).get("one").isRunning()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Covers("nhub.listener.keep-alive")
  void keepAlive_onOrOff_aThreadKeepsTheProcessRunning(boolean keepAlive, FakeNHub fake) {
    long before = keepers();
    Contexts.with(fake)
        .withBean(OneListener.class)
        .withPropertyValues("nhub.listener.keep-alive=" + keepAlive)
        .run(context -> assertEquals(before + (keepAlive ? 1 : 0), keepers()));
    Eventually.isTrue("it ends with the context", () -> keepers() == before);
  }

  private static long keepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("nhub-keep-alive") && !thread.isDaemon())
        .count();
  }

  static class Endless {
    final CompletableFuture<Void> begun = new CompletableFuture<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();

    @NHubListener(id = "one", enterprise = "nnn.acme")
    void on(Uplink uplink) {
      begun.complete(null);
      end.join();
    }
  }

  @Test
  @Covers("nhub.listener.drain")
  void drain_over_theStopDoesNotWait(FakeNHub fake) {
    Endless endless = new Endless();
    Contexts.with(fake)
        .withBean(Endless.class, () -> endless)
        .withPropertyValues("nhub.listener.drain=10ms")
        .run(
            context -> {
              NHubListenerTest.subscribed(context);
              fake.publish(FakeMessage.uplink("A"));
              endless.begun.get(60, TimeUnit.SECONDS);
              context.getSourceApplicationContext().close();
              assertFalse(endless.end.isDone());
            });
    endless.end.complete(null);
  }
}
