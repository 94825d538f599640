package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A subscriber with default options, whose handlers finish nothing until no more is read; ends when
 * it has handled a number of messages. For a JVM of its own with a small heap.
 */
final class SmallHeapProgram {
  private static final Duration QUIET = Duration.ofMillis(300);

  private SmallHeapProgram() {}

  /** Arguments: port, file of the CA, engine, version of MQTT, number of messages. */
  public static void main(String[] arguments) throws Exception {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    int port = Integer.parseInt(arguments[0]);
    String ca = Files.readString(Path.of(arguments[1]));
    CompletableFuture<Void> mayFinish = new CompletableFuture<>();
    CountDownLatch handled = new CountDownLatch(Integer.parseInt(arguments[4]));
    try (NHubClient nhub =
        NHubClient.builder(NHubEnvironment.at(noApi, "localhost", port))
            .credentials(UsernamePassword.of("svc-test", Secret.of("open sesame"), ca))
            .engine(MqttEngine.valueOf(arguments[2]))
            .build()) {
      Subscription subscription =
          nhub.subscribeAsync(
              SubscribeOptions.builder("nnn.acme")
                  .protocol(MqttVersion.valueOf(arguments[3]))
                  .listener(SmallHeapProgram::hear)
                  .build(),
              (message, delivery) -> mayFinish.thenRun(handled::countDown));
      awaitHeldBack(subscription);
      mayFinish.complete(null);
      handled.await();
      System.out.println(subscription.stats());
    }
  }

  private static void awaitHeldBack(Subscription subscription) {
    long received = 0;
    long before = -1;
    while (received == 0 || received > before) {
      before = received;
      LockSupport.parkNanos(QUIET.toNanos());
      received = subscription.stats().received();
    }
  }

  private static void hear(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.Disconnected
        || event instanceof SubscriptionEvent.MessageFailed
        || event instanceof SubscriptionEvent.HandlerRetry) {
      System.out.println("Nothing was to happen: " + event);
      Runtime.getRuntime().halt(1);
    }
  }
}
