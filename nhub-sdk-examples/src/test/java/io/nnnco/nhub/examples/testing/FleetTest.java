package io.nnnco.nhub.examples.testing;

// tag::fleet
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.DeviceSimulator;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Transmission;
import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NHubTest(clock = "2026-03-17T22:00:00Z")
class FleetTest {
  @Test
  void lateUplink_doesNotReplaceANewerOne(
      FakeNHub fake, UsernamePassword credentials, VirtualClock clock) throws InterruptedException {
    Duration sixHours = Duration.ofHours(6);
    DeviceSimulatorBuilder fleet =
        fake.simulator()
            .devices(20)
            .every(Duration.ofMinutes(15))
            .with(Phenomenon.LATE_MESSAGES, 0.2)
            .with(Phenomenon.DUPLICATES, 0.1)
            .seed(7);
    CountDownLatch messages = new CountDownLatch(fleet.preview(clock.instant(), sixHours).size());
    Map<String, Instant> latest = new ConcurrentHashMap<>();
    try (NHubClient nhub =
        NHubClient.builder(fake.environment()).credentials(credentials).build()) {
      nhub.subscribe(
              "nnn.acme",
              uplink -> {
                latest.merge(
                    uplink.deviceId(),
                    uplink.timestamp(),
                    (before, now) -> now.isAfter(before) ? now : before);
                messages.countDown();
              })
          .awaitConnected(Duration.ofSeconds(30));

      DeviceSimulator running = fleet.start();
      clock.advance(sixHours);
      assertTrue(messages.await(30, TimeUnit.SECONDS));

      Map<String, Instant> truth = new HashMap<>();
      for (Transmission sent : fleet.transmissions(running.startedAt(), sixHours)) {
        if (!sent.arrivals().get(0).at().isAfter(clock.instant())) {
          truth.put(sent.deviceId(), sent.sentAt().truncatedTo(ChronoUnit.MILLIS));
        }
      }
      assertEquals(truth, latest);
    }
  }
}
// end::fleet
