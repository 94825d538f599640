package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In an application server, a thread of the SDK may be started by any request of any application.
 * What such a thread inherited would be kept for as long as it lives.
 */
@Isolated("it looks at all threads of the SDK")
class ThreadsInheritNothingTest {
  private final FakeNHub fake = FakeNHub.start();
  private final ClassLoader application = loader();
  private final ClassLoader subscriber = loader();
  private final Collection<String> copies = new ConcurrentLinkedQueue<>();
  private final InheritableThreadLocal<String> ofRequest =
      new InheritableThreadLocal<>() {
        @Override
        protected String childValue(String parent) {
          copies.add(Thread.currentThread().getName());
          return parent;
        }
      };

  private static ClassLoader loader() {
    return new URLClassLoader(new URL[0], ThreadsInheritNothingTest.class.getClassLoader());
  }

  @AfterEach
  void close() {
    ofRequest.remove();
    fake.close();
  }

  /** Runs as a request of an application. */
  private <T> T in(ClassLoader loader, Callable<T> request) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    ofRequest.set("a request's");
    try {
      return request.call();
    } finally {
      ofRequest.remove();
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** The threads that have one of these, without their numbers. */
  private static Set<String> holders(ClassLoader... loaders) {
    Set<String> names = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (Arrays.asList(loaders).contains(thread.getContextClassLoader())) {
        names.add(thread.getName().replaceAll("-\\d+$", ""));
      }
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void threadsOfAClient_inheritNothing_butUserCodeHasItsOwnersClassLoader(MqttEngine engine)
      throws Exception {
    CompletableFuture<ClassLoader> ofHandler = new CompletableFuture<>();
    CompletableFuture<ClassLoader> ofListener = new CompletableFuture<>();
    NHubClient nhub =
        in(
            application,
            () ->
                NHubClient.builder(fake.environment())
                    .credentials(fake.identity())
                    .engine(engine)
                    .build());
    try (nhub) {
      Subscription subscription =
          in(
              subscriber,
              () ->
                  nhub.subscribe(
                      SubscribeOptions.builder(FakeNHub.DEFAULT_ENTERPRISE)
                          .listener(event -> hear(event, ofListener))
                          .build(),
                      (message, delivery) ->
                          ofHandler.complete(Thread.currentThread().getContextClassLoader())));
      subscription.awaitConnected(SOON);
      fake.publish(FakeMessage.uplink("ABC123"));
      assertEquals(application, ofHandler.get(SOON.toSeconds(), TimeUnit.SECONDS));
      assertEquals(subscriber, ofListener.get(SOON.toSeconds(), TimeUnit.SECONDS));
      Set<String> holders = holders(application, subscriber);
      holders.removeAll(Set.of("nhub-worker", "nhub-events"));
      assertEquals(Set.of(), holders, "threads that run no user code");
      in(
          subscriber,
          () -> {
            subscription.close();
            return null;
          });
    }
    assertEquals(List.of(), List.copyOf(copies), "whose thread-local was inherited");
  }

  private static void hear(SubscriptionEvent event, CompletableFuture<ClassLoader> loader) {
    if (event instanceof SubscriptionEvent.Subscribed) {
      loader.complete(Thread.currentThread().getContextClassLoader());
    }
  }

  @Test
  void threadsOfTheManagementApi_inheritNothing_butHaveTheClassLoaderOfWhoBuiltIt()
      throws Exception {
    CompletableFuture<ClassLoader> ofProvider = new CompletableFuture<>();
    Management management =
        in(
            application,
            () ->
                Management.builder(fake.environment())
                    .tokenProvider(
                        () -> {
                          ofProvider.complete(Thread.currentThread().getContextClassLoader());
                          return fake.adminToken();
                        })
                    .build());
    try (management) {
      in(subscriber, () -> management.async().apiKeys().create("svc-mqtt-prod")).join();
      assertEquals(application, ofProvider.join());
    }
    assertEquals(List.of(), List.copyOf(copies), "whose thread-local was inherited");
  }
}
