package io.nnnco.nhub.examples;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.stream.deadletter.RedriveReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages of meters that nobody has registered yet: they go to a file instead of being lost, and
 * from there back to the handler once the meters are registered.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class DeadLetters {
  private DeadLetters() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, ExampleSettings.temporaryDirectory());
    }
  }

  static void run(ExampleSettings settings, Path directory) throws InterruptedException {
    AtomicBoolean registered = new AtomicBoolean();
    MessageHandler store =
        (message, delivery) -> {
          if (!registered.get()) {
            throw new IllegalArgumentException("Unknown meter: " + message.deviceId());
          }
          System.out.println("stored  " + message.deviceId() + "  " + message.timestamp());
        };
    CountDownLatch kept = new CountDownLatch(3);
    Path file = directory.resolve("dead-letters.jsonl");
    try (DeadLetterFile deadLetters = DeadLetterFile.open(file);
        NHubClient nhub =
            NHubClient.builder(settings.environment())
                .credentials(ClientIdentity.load(settings.certs()))
                .build()) {
      FailurePolicy policy =
          FailurePolicy.ofDefaults()
              .giveUpOn(IllegalArgumentException.class) // a retry is useless
              .thenHandOver(
                  failure -> {
                    deadLetters.handle(failure); // on the disk when this returns
                    System.out.println("kept    " + failure.delivery().deviceId());
                    kept.countDown();
                  });
      SubscribeOptions options =
          SubscribeOptions.builder(settings.enterprise()).failurePolicy(policy).build();
      try (Subscription uplinks = nhub.subscribe(options, store)) {
        uplinks.awaitConnected(Duration.ofSeconds(30));
        if (!kept.await(5, TimeUnit.MINUTES)) {
          System.out.println("Not enough devices spoke.");
        }
      }
      registered.set(true);
      System.out.println(
          "The meters are registered; the file has " + deadLetters.size() + " bytes");
      RedriveReport report = deadLetters.redrive(store);
      System.out.println(report + (report.complete() ? ": nothing is left" : ": not all"));
    }
  }
}
