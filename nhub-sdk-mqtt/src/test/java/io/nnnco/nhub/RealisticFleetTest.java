package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.DeviceSimulator;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All that a fleet does in the field reaches the handler, and is told apart from nothing. */
class RealisticFleetTest {
  private static final Duration TIME = Duration.ofHours(2);

  @Test
  void fleet_withAllThatHappensInTheField_isDeliveredToTheLastMessage()
      throws InterruptedException {
    VirtualClock clock = VirtualClock.at(Instant.now());
    BlockingQueue<DeviceMessage> received = new LinkedBlockingQueue<>();
    SubscribeOptions options =
        SubscribeOptions.builder(DEFAULT_ENTERPRISE)
            .kinds(EnumSet.allOf(MessageKind.class))
            .build();
    try (FakeNHub fake = FakeNHub.builder().clock(clock).start();
        NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(fake.identity()).build()) {
      Subscription subscription =
          nhub.subscribe(options, (message, delivery) -> received.add(message));
      subscription.awaitConnected(Duration.ofSeconds(30));
      DeviceSimulatorBuilder simulator = field(fake.simulator());
      DeviceSimulator running = simulator.start();
      clock.advance(TIME);

      List<String> expected =
          simulator.preview(running.startedAt(), TIME).stream()
              .map(RealisticFleetTest::key)
              .sorted()
              .toList();
      assertTrue(expected.size() > 2_000, expected.size() + " messages");
      assertEquals(expected, keys(received, expected.size()));
      assertEquals(0, subscription.stats().undecodable());
    }
  }

  private static DeviceSimulatorBuilder field(DeviceSimulatorBuilder simulator) {
    for (Phenomenon phenomenon : Phenomenon.values()) {
      simulator.with(phenomenon, 0.1);
    }
    return simulator.devices(25).every(Duration.ofMinutes(1)).joins();
  }

  private static String key(FakeMessage message) {
    return message.deviceId() + " " + message.fields().get("timestamp_ms");
  }

  private static List<String> keys(BlockingQueue<DeviceMessage> received, int count)
      throws InterruptedException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DeviceMessage message = received.poll(30, TimeUnit.SECONDS);
      assertTrue(message != null, i + " of " + count + " messages");
      keys.add(message.deviceId() + " " + message.timestamp().toEpochMilli());
    }
    keys.sort(Comparator.naturalOrder());
    return keys;
  }
}
