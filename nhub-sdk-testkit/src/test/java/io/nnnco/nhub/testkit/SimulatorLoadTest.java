package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** More messages than there is memory or time for. */
final class SimulatorLoadTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static DeviceSimulatorBuilder simulator(
      InstantSource clock, Consumer<FakeMessage> publisher) {
    return new DeviceSimulatorBuilder("nnn.acme", clock, publisher, started -> {}).devices(1_000);
  }

  @Test
  void virtualClock_movedByAYear_publishesAsItGoes() {
    VirtualClock clock = VirtualClock.at(FieldRun.START);
    AtomicReference<DeviceSimulator> running = new AtomicReference<>();
    Consumer<FakeMessage> closesAfterAThousand =
        message -> {
          DeviceSimulator simulator = running.get();
          if (simulator != null && simulator.sent() == 999) {
            simulator.close();
          }
        };
    DeviceSimulator started = simulator(clock, closesAfterAThousand).start();
    running.set(started);

    assertTimeoutPreemptively(SOON, () -> clock.advance(Duration.ofDays(365)));
    assertEquals(1_000, started.sent());
  }

  @Test
  void simulatorThatCannotKeepUp_canBeSlowedDownAndClosed() throws InterruptedException {
    CountDownLatch behind = new CountDownLatch(10_000);
    DeviceSimulator running =
        simulator(InstantSource.system(), message -> behind.countDown()).rate(1_000_000).start();
    assertTrue(behind.await(20, TimeUnit.SECONDS));

    assertTimeoutPreemptively(SOON, () -> running.rate(1));
    assertEquals(1, running.rate(), 0.001);
    assertTimeoutPreemptively(SOON, running::close);
  }
}
