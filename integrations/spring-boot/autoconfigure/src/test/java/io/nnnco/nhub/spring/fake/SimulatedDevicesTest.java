package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.NHubConnectionDetails;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

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
  void fake_ownEnterprises_areThoseOfTheFake() {
    Contexts.bare()
        .withPropertyValues("nhub.fake.enabled=true", "nhub.fake.enterprises=nnn.a,nnn.b")
        .run(context -> assertNotNull(context.getBean(FakeNHub.class).adminToken("nnn.b")));
  }

  @Test
  void fake_notEnabled_isNotThere() {
    Contexts.bare()
        .withPropertyValues("nhub.environment=dev-au-03")
        .run(context -> assertEquals(0, context.getBeansOfType(FakeNHub.class).size()));
  }

  @Test
  void testkit_notOnTheClassPath_propertiesCount() {
    Contexts.bare()
        .withClassLoader(new FilteredClassLoader(FakeNHub.class))
        .withPropertyValues("nhub.environment=dev-au-03")
        .run(
            context ->
                assertEquals(
                    "mqtt.dev-au-03.nnnco.io",
                    context.getBean(NHubConnectionDetails.class).environment().mqttHost()));
  }
}
