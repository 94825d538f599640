package io.nnnco.nhub.examples.testing;

// tag::happy-path
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NHubTest
class HappyPathTest {
  @Test
  void warmRoom_isNoted_andItsUplinkAcknowledged(FakeNHub fake, ClientIdentity identity)
      throws InterruptedException {
    ColdRoomAlarm alarm = new ColdRoomAlarm();
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      nhub.subscribe("nnn.acme", alarm).awaitConnected(Duration.ofSeconds(30));

      fake.publish(FakeMessage.uplink("ROOM-1").reading("temperature", 4.5, "°C"));
      fake.publish(FakeMessage.uplink("ROOM-2").reading("temperature", 9.5, "°C"));

      assertEquals("ROOM-2", alarm.alarms().poll(30, TimeUnit.SECONDS));
      assertTrue(fake.acks().take(Duration.ofSeconds(30)).topic().contains("/ROOM-1/"));
      assertTrue(fake.acks().take(Duration.ofSeconds(30)).topic().contains("/ROOM-2/"));
    }
  }
}
// end::happy-path
