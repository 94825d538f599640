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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber with default options and a handler that takes its time; ends when it has handled a
 * number of messages. For a JVM of its own with a small heap.
 */
final class SmallHeapProgram {
  private static final int SLOW_MILLIS = 50;

  private SmallHeapProgram() {}

  /** Arguments: port, file of the CA, engine, version of MQTT, number of messages. */
  public static void main(String[] arguments) throws Exception {
    URI noApi = URI.create("https://localhost/api/v4/manage/");
    int port = Integer.parseInt(arguments[0]);
    String ca = Files.readString(Path.of(arguments[1]));
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
              (message, delivery) ->
                  CompletableFuture.runAsync(
                      handled::countDown,
                      CompletableFuture.delayedExecutor(SLOW_MILLIS, TimeUnit.MILLISECONDS)));
      handled.await();
      System.out.println(subscription.stats());
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
