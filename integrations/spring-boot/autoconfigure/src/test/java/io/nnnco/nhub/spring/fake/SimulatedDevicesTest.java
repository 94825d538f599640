package io.nnnco.nhub.spring.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Contexts;
import io.nnnco.nhub.spring.Covers;
import io.nnnco.nhub.spring.Eventually;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

  static class Counter {
    final AtomicLong received = new AtomicLong();

    @NHubListener(enterprise = "nnn.acme")
    void on(Uplink uplink) {
      received.incrementAndGet();
    }
  }

  @Test
  void stop_ofTheDevices_endsTheirUplinks_untilTheyStartAgain() {
    Contexts.bare()
        .withPropertyValues("nhub.fake.enabled=true", "nhub.fake.every=1ms")
        .withBean(Counter.class)
        .run(
            context -> {
              AtomicLong received = context.getBean(Counter.class).received;
              FakeNHub fake = context.getBean(FakeNHub.class);
              SimulatedDevices devices = context.getBean(SimulatedDevices.class);
              Subscription subscription =
                  context.getBean(NHubClient.class).subscriptions().iterator().next();
              Eventually.isTrue("received", () -> received.get() > 0);

              devices.stop();

              fake.publish(FakeMessage.uplink("last")).awaitDelivered(Eventually.SOON);
              Eventually.isTrue("all handled", () -> subscription.stats().inFlight() == 0);
              long last = received.get();
              for (int i = 0; i < 5; i++) {
                fake.publish(FakeMessage.uplink("last")).awaitDelivered(Eventually.SOON);
              }
              Eventually.isTrue("those of just now", () -> received.get() >= last + 5);
              assertEquals(last + 5, received.get());
              devices.start();
              Eventually.isTrue("received again", () -> received.get() > last + 50);
            });
  }

  @Test
  @Covers("nhub.fake.enterprises")
  void fake_ownEnterprises_areThoseOfTheFake() {
    Contexts.bare()
        .withPropertyValues("nhub.fake.enabled=true", "nhub.fake.enterprises=nnn.a,nnn.b")
        .run(context -> assertNotNull(context.getBean(FakeNHub.class).adminToken("nnn.b")));
  }
}
