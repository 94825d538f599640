package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.GapCause;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.gap.GapStats;
import io.nnnco.nhub.stream.internal.delivery.Time;
import io.nnnco.nhub.stream.internal.gap.DeviceLedger;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.Transmission;
import io.nnnco.nhub.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real client, the fake bridge, and a fleet that loses messages, over a day of virtual time. */
class GapLedgerEndToEndTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final Instant start = Instant.now();
  private final VirtualClock clock = VirtualClock.at(start);
  private final FakeNHub fake = FakeNHub.builder().clock(clock).start();
  private final Inbox inbox = new Inbox();
  private final AtomicLong handled = new AtomicLong();
  private boolean connected;
  private final DeviceSimulatorBuilder fleet =
      fake.simulator()
          .devices(DeviceModel.WATER_METER, 10)
          .every(Duration.ofMinutes(5))
          .seed(3)
          .with(Phenomenon.LOSS, 0.01)
          .with(Phenomenon.DUPLICATES, 0.05);

  @AfterEach
  void close() {
    fake.close();
  }

  /** Publishes what arrives from one time to another, each at its time. */
  private long publish(Duration from, Duration to) {
    List<Transmission.Arrival> arrivals = new ArrayList<>();
    for (Transmission sent : fleet.transmissions(start, DAY)) {
      for (Transmission.Arrival arrival : sent.arrivals()) {
        if (arrival.at().isAfter(start.plus(from)) && !arrival.at().isAfter(start.plus(to))) {
          arrivals.add(arrival);
        }
      }
    }
    arrivals.sort(Comparator.comparing(Transmission.Arrival::at));
    for (Transmission.Arrival arrival : arrivals) {
      clock.advance(Duration.between(clock.instant(), arrival.at()));
      long before = handled.get();
      fake.publish(arrival.message());
      if (connected) {
        Eventually.isTrue("it is handled", () -> handled.get() > before);
      }
    }
    clock.advance(Duration.between(clock.instant(), start.plus(to)));
    return arrivals.size();
  }

  private long lost(Duration from, Duration to) {
    return fleet.transmissions(start, DAY).stream()
        .filter(sent -> sent.arrivals().isEmpty())
        .filter(sent -> sent.sentAt().isAfter(start.plus(from)))
        .filter(sent -> !sent.sentAt().isAfter(start.plus(to)))
        .count();
  }

  private void disconnect() throws InterruptedException {
    connected = false;
    fake.inject(new BridgeFault.Drop(Moment.CONNECT), Occurrence.always());
    fake.dropConnections();
    inbox.takeEvent(SubscriptionEvent.Disconnected.class);
  }

  private void reconnect(Subscription subscription) {
    fake.clearFaults();
    Eventually.isTrue("connected", () -> subscription.state() == SubscriptionState.SUBSCRIBED);
    connected = true;
  }

  @ParameterizedTest
  @EnumSource(MqttEngine.class)
  void ledger_overOutages_tellsWhatIsMissingAndWhy(MqttEngine engine) throws InterruptedException {
    SubscribeOptions options =
        SubscribeOptions.builder(DEFAULT_ENTERPRISE)
            .durable("gaps", Duration.ofHours(2))
            .reconnectPolicy(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50)))
            .gaps(GapOptions.ofDefaults())
            .listener(inbox)
            .build();
    try (NHubClient nhub =
            NHubClient.builder(fake.environment())
                .credentials(fake.usernamePassword())
                .engine(engine)
                .time(new Time(clock, System::nanoTime))
                .build();
        Subscription subscription =
            nhub.subscribe(options, (message, delivery) -> handled.incrementAndGet())) {
      subscription.awaitConnected(SOON);
      connected = true;
      publish(Duration.ZERO, Duration.ofHours(8));

      disconnect(); // The bridge keeps the session for two hours.
      long waiting = publish(Duration.ofHours(8), Duration.ofHours(9));
      long before = handled.get();
      reconnect(subscription);
      Eventually.isTrue("the backlog is handled", () -> handled.get() == before + waiting);
      publish(Duration.ofHours(9), Duration.ofHours(14));

      disconnect();
      final long missed = publish(Duration.ofHours(14), Duration.ofHours(17));
      reconnect(subscription);
      publish(Duration.ofHours(17), DAY);

      DeviceLedger ledger = (DeviceLedger) subscription.gaps().orElseThrow();
      ledger.tick();
      GapStats stats = ledger.stats();
      assertTrue(missed > 300, "duplicates included");
      assertEquals(10, stats.regular());
      assertEquals(0, stats.missing(GapCause.CONNECTION_OUTAGE), "the session was kept");
      long inOutage = uplinksSent(Duration.ofHours(14), Duration.ofHours(17));
      assertNear(inOutage, stats.missing(GapCause.SESSION_LOST));
      long onAir = lost(Duration.ZERO, Duration.ofHours(14)) + lost(Duration.ofHours(17), DAY);
      assertNear(onAir, stats.missingInAll() - stats.missing(GapCause.SESSION_LOST));
      assertTrue(stats.duplicates() > 50, stats.toString());
    }
  }

  private long uplinksSent(Duration from, Duration to) {
    return fleet.transmissions(start, DAY).stream()
        .filter(sent -> sent.sentAt().isAfter(start.plus(from)))
        .filter(sent -> !sent.sentAt().isAfter(start.plus(to)))
        .count();
  }

  /** Within what jitter allows over three hours, and the edges. */
  private static void assertNear(long expected, long actual) {
    assertTrue(Math.abs(expected - actual) <= 5 + expected / 50, expected + ", not " + actual);
  }
}
