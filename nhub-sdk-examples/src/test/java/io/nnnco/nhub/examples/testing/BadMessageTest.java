package io.nnnco.nhub.examples.testing;

// tag::bad-message
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NHubTest
class BadMessageTest {
  @Test
  void unknownRoom_goesToTheDeadLetters(FakeNHub fake, ClientIdentity identity)
      throws InterruptedException {
    BlockingQueue<FailedMessage> dead = new LinkedBlockingQueue<>();
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme")
            .failurePolicy(
                FailurePolicy.ofDefaults()
                    .withBackoff(Duration.ofMillis(1), Duration.ofMillis(10))
                    .withPatience(Duration.ZERO) // no other message comes that would tell
                    .thenHandOver(dead::add))
            .build();
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      nhub.subscribe(
              options,
              (message, delivery) -> {
                throw new IllegalStateException("No such room: " + message.deviceId());
              })
          .awaitConnected(Duration.ofSeconds(30));

      fake.publish(FakeMessage.uplink("ROOM-99"));

      assertEquals("ROOM-99", dead.poll(30, TimeUnit.SECONDS).delivery().deviceId());
      fake.acks().take(Duration.ofSeconds(30));
    }
  }
}
// end::bad-message
