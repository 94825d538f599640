package io.nnnco.nhub.examples.testing;

// tag::dead-letters
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.deadletter.DeadLetterFile;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NHubTest
class DeadLettersTest {
  @Test
  void unknownMeter_isKeptInTheFile_andComesBackWithARedrive(
      FakeNHub fake, ClientIdentity identity, @TempDir Path directory) throws InterruptedException {
    try (DeadLetterFile deadLetters = DeadLetterFile.open(directory.resolve("dead.jsonl"));
        NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .failurePolicy(
                  FailurePolicy.ofDefaults()
                      .giveUpOn(IllegalArgumentException.class) // a retry is useless
                      .thenHandOver(deadLetters))
              .build();
      nhub.subscribe(
              options,
              (message, delivery) -> {
                throw new IllegalArgumentException("Unknown meter: " + message.deviceId());
              })
          .awaitConnected(Duration.ofSeconds(30));

      fake.publish(FakeMessage.uplink("METER-9"));
      fake.acks().take(Duration.ofSeconds(30)); // it is in the file now

      List<String> stored = new ArrayList<>();
      assertTrue(
          deadLetters.redrive((message, delivery) -> stored.add(message.deviceId())).complete());
      assertEquals(List.of("METER-9"), stored);
    }
  }
}
// end::dead-letters
