package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.Covers;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Development against a fake. */
class SimulatedDevicesTest {
  static class Listener {
    final BlockingQueue<Uplink> received = new LinkedBlockingQueue<>();

    @NHubListener
    void on(Uplink uplink) {
      received.add(uplink);
    }
  }

  @Test
  @Covers({"nhub.fake.devices", "nhub.fake.every"})
  void fake_enabled_simulatedDevicesAreReceived() {
    Contexts.bare()
        .withPropertyValues(
            "nhub.fake.enabled=true",
            "nhub.fake.devices=2",
            "nhub.fake.every=50ms",
            "nhub.subscription.enterprises=nnn.mine")
        .withBean(Listener.class)
        .run(
            context ->
                assertNotNull(context.getBean(Listener.class).received.poll(60, TimeUnit.SECONDS)));
  }

  @Test
  @Covers("nhub.fake.enterprises")
  void fake_ownEnterprises_areThoseOfTheFake() {
    Contexts.bare()
        .withPropertyValues("nhub.fake.enabled=true", "nhub.fake.enterprises=nnn.a,nnn.b")
        .run(context -> assertNotNull(context.getBean(FakeNHub.class).adminToken("nnn.b")));
  }
}
