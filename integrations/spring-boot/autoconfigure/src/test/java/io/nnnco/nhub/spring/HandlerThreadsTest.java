package io.nnnco.nhub.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On which threads listener methods run. */
@NHubTest
class HandlerThreadsTest {
  private static final boolean JDK_HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

  static class Listener {
    final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {
      threads.add(Thread.currentThread());
    }
  }

  private static Thread handled(FakeNHub fake, String... properties) {
    Thread[] handled = new Thread[1];
    Contexts.with(fake)
        .withPropertyValues(properties)
        .withBean(Listener.class)
        .run(
            context -> {
              NHubListenerTest.subscribed(context);
              fake.publish(FakeMessage.uplink("A"));
              handled[0] = context.getBean(Listener.class).threads.poll(60, TimeUnit.SECONDS);
            });
    Thread thread = handled[0];
    assertNotNull(thread);
    return thread;
  }

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return JDK_HAS_VIRTUAL_THREADS && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }

  @Test
  void virtualThreads_enabled_areUsedWhereTheJdkHasThem(FakeNHub fake) throws Exception {
    Thread thread = handled(fake, "spring.threads.virtual.enabled=true", "nhub.listener.threads=3");

    assertEquals(JDK_HAS_VIRTUAL_THREADS, isVirtual(thread), thread::toString);
    assertEquals(!JDK_HAS_VIRTUAL_THREADS, thread.getName().startsWith("nhub-handler-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring.threads.virtual.enabled=false", "unrelated=true"})
  void virtualThreads_notEnabled_arePlatformThreads(String property, FakeNHub fake)
      throws Exception {
    Thread thread = handled(fake, property);

    assertEquals(false, isVirtual(thread));
    assertTrue(thread.getName().startsWith("nhub-handler-"), thread::toString);
  }
}
