package io.nnnco.nhub.examples.testing;

// tag::clock
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NHubTest(clock = "2026-03-17T22:00:00Z")
class MidnightTest {
  @Test
  void uplinkAfterMidnight_isOfTheNextDay(
      FakeNHub fake, UsernamePassword credentials, VirtualClock clock) throws InterruptedException {
    BlockingQueue<Instant> times = new LinkedBlockingQueue<>();
    try (NHubClient nhub =
        NHubClient.builder(fake.environment()).credentials(credentials).build()) {
      nhub.subscribe("nnn.acme", uplink -> times.add(uplink.timestamp()))
          .awaitConnected(Duration.ofSeconds(30));

      fake.publish(FakeMessage.uplink("METER-1"));
      assertEquals(Instant.parse("2026-03-17T22:00:00Z"), times.poll(30, TimeUnit.SECONDS));

      clock.advance(Duration.ofHours(3));
      fake.publish(FakeMessage.uplink("METER-1"));
      assertEquals(Instant.parse("2026-03-18T01:00:00Z"), times.poll(30, TimeUnit.SECONDS));
    }
  }
}
// end::clock
