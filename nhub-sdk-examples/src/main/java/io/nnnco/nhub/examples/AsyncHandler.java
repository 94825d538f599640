package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A handler that starts the work and returns: the message is acknowledged when the future
 * completes. Messages of one device are still handled one at a time; other devices do not wait.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class AsyncHandler {
  private static final AtomicInteger running = new AtomicInteger();

  private AsyncHandler() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings);
    }
  }

  static void run(ExampleSettings settings) throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(10);
    try (NHubClient nhub =
        NHubClient.builder(settings.environment())
            .credentials(ClientIdentity.load(settings.certs()))
            .build()) {
      Subscription uplinks =
          nhub.subscribeAsync(
              SubscribeOptions.builder(settings.enterprise()).build(),
              (message, delivery) -> store(message).thenRun(enough::countDown));
      uplinks.awaitConnected(Duration.ofSeconds(30));
      if (!enough.await(5, TimeUnit.MINUTES)) {
        System.out.println("Not enough devices spoke.");
      }
      // Waits for the futures that are not complete yet.
      System.out.println(uplinks.close(Duration.ofSeconds(10)));
    }
  }

  /** Stands in for a database or a web service that completes a future after 300 ms. */
  private static CompletableFuture<Void> store(DeviceMessage message) {
    int now = running.incrementAndGet();
    System.out.println("begun   " + message.deviceId() + "  " + now + " at once");
    Executor later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(
        () -> {
          running.decrementAndGet();
          System.out.println("stored  " + message.deviceId());
        },
        later);
  }
}
