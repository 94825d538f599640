package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.MessageHandlers;
import io.nnnco.nhub.stream.MessageStream;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Handles each kind of message with its own handler, then the uplinks of one device only.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class AllKinds {
  private AllKinds() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings);
    }
  }

  static void run(ExampleSettings settings) throws InterruptedException {
    try (NHubClient nhub =
        NHubClient.builder(settings.environment())
            .credentials(ClientIdentity.load(settings.certs()))
            .build()) {
      String device = everyKind(nhub, settings.enterprise());
      if (device != null) {
        oneDevice(nhub, settings.enterprise(), device);
      }
    }
  }

  /** Prints messages until ten uplinks have arrived; returns the device of the last one. */
  private static @Nullable String everyKind(NHubClient nhub, String enterprise)
      throws InterruptedException {
    BlockingQueue<String> devices = new LinkedBlockingQueue<>();
    MessageHandlers handlers =
        MessageHandlers.builder()
            .onUplink(
                (uplink, delivery) -> {
                  System.out.println(UplinkLine.of(uplink));
                  devices.add(uplink.deviceId());
                })
            .onJoin((join, delivery) -> System.out.println("joined    " + join.deviceId()))
            .onDownlink((sent, delivery) -> System.out.println("downlink  " + sent.deviceId()))
            .onUnknown((message, delivery) -> System.out.println("unknown   " + delivery.topic()))
            .build();
    SubscribeOptions options = SubscribeOptions.builder(enterprise).allKinds().build();
    try (Subscription everything = nhub.subscribe(options, handlers)) {
      everything.awaitConnected(Duration.ofSeconds(30));
      System.out.println("Subscribed to " + options.topicFilters());
      String device = "";
      for (int i = 0; i < 10 && device != null; i++) {
        device = devices.poll(1, TimeUnit.MINUTES);
      }
      return device;
    }
  }

  private static void oneDevice(NHubClient nhub, String enterprise, String device)
      throws InterruptedException {
    SubscribeOptions options = SubscribeOptions.builder(enterprise).devices(device).build();
    System.out.println("Subscribing to " + options.topicFilters());
    try (MessageStream messages = nhub.stream(options)) {
      messages.subscription().awaitConnected(Duration.ofSeconds(30));
      messages.stream()
          .limit(2)
          .forEach(next -> System.out.println("only      " + next.message().deviceId()));
    }
  }
}
