package io.nnnco.nhub.examples.testing;

// tag::bridge-outage
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@NHubTest
class BridgeOutageTest {
  @Test
  void bridgeIsAwayForThreeAttempts_nothingIsLost(FakeNHub fake, ClientIdentity identity)
      throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    SubscribeOptions options =
        SubscribeOptions.builder("nnn.acme")
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(50)))
            .build();
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(identity).build()) {
      Subscription uplinks =
          nhub.subscribe(options, (message, delivery) -> seen.add(message.deviceId()));
      uplinks.awaitConnected(Duration.ofSeconds(30));

      // 0x88, server unavailable, three times; then the bridge is back.
      fake.inject(new BridgeFault.RefuseConnect(0x88), Occurrence.times(3));
      fake.dropConnections();
      fake.publish(FakeMessage.uplink("METER-1"));

      assertEquals("METER-1", seen.poll(30, TimeUnit.SECONDS));
      uplinks.awaitConnected(Duration.ofSeconds(30));
      assertEquals(1, uplinks.stats().reconnects());
    }
  }
}
// end::bridge-outage
