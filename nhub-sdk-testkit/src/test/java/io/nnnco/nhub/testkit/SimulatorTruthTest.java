package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.codec.MessageDecoder;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.testkit.Transmission.Arrival;
import io.nnnco.nhub.testkit.Transmission.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator says that it did is what it did, and what it sends can be read. */
final class SimulatorTruthTest {
  private static DeviceSimulatorBuilder field(int devices) {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(devices).joins();
    for (Phenomenon phenomenon : Phenomenon.values()) {
      simulator.with(phenomenon, 0.1);
    }
    return simulator;
  }

  @Test
  void transmissions_byTheirArrivals_areThePreview() {
    Instant end = FieldRun.START.plus(FieldRun.intervals(200));

    assertEquals(
        field(30).preview(FieldRun.START, FieldRun.intervals(200)).stream()
            .map(FakeMessage::toString)
            .toList(),
        FieldRun.of(field(30), 200).arrivals(end).stream()
            .map(arrival -> arrival.message().toString())
            .toList());
  }

  @Test
  void transmissions_ofEachFate_areCoherent() {
    FieldRun run = FieldRun.of(field(30), 200);

    for (Fate fate : Fate.values()) {
      assertTrue(run.share(fate) > 0.01, fate::name);
    }
    for (Transmission sent : run.transmissions()) {
      boolean lost = sent.fate() == Fate.LOST_ON_AIR || sent.fate() == Fate.LOST_IN_OUTAGE;
      assertEquals(lost, sent.arrivals().isEmpty());
      assertTrue(sent.arrivals().stream().noneMatch(a -> a.at().isBefore(sent.sentAt())));
      assertEquals(
          sent.fate() == Fate.DELIVERED,
          !lost && sent.arrivals().get(0).at().equals(sent.sentAt()));
      for (Arrival arrival : sent.arrivals()) {
        assertEquals(sent.deviceId(), arrival.message().deviceId());
      }
    }
  }

  @Test
  void transmissions_ofARunningFake_areWhatASubscriberGets() throws IOException {
    VirtualClock clock = VirtualClock.at(Instant.now());
    try (FakeNHub fake = FakeNHub.builder().clock(clock).start();
        Subscriber subscriber = Subscriber.connected(fake, fake.identity(), "c1")) {
      subscriber.subscribe("v4/groups/nnn.acme.master/+/+");
      DeviceSimulatorBuilder simulator =
          fake.simulator().devices(10).every(Duration.ofMinutes(1)).seed(3);
      for (Phenomenon phenomenon : Phenomenon.values()) {
        simulator.with(phenomenon, 0.1);
      }
      DeviceSimulator running = simulator.start();
      Duration time = Duration.ofHours(1);
      clock.advance(time);
      FieldRun truth = new FieldRun(simulator.transmissions(running.startedAt(), time));

      for (Arrival arrival : truth.arrivals(clock.instant())) {
        Subscriber.Received received = subscriber.receive();
        assertEquals(
            new String(arrival.message().payload(clock.instant()), StandardCharsets.UTF_8),
            received.text());
        assertEquals(arrival.message().topic("nnn.acme"), received.topic());
        subscriber.acknowledge(received);
      }
    }
  }

  @Test
  void message_ofAnyPhenomenon_isReadByTheSdk() {
    MessageDecoder decoder = new MessageDecoder();
    int messages = 0;
    for (Arrival arrival : FieldRun.of(field(50), 100).arrivals(Instant.MAX)) {
      byte[] payload = arrival.message().payload(FieldRun.START);
      DeviceMessage message = decoder.decode(payload);

      JsonNode json = FieldRun.json(arrival.message());
      assertEquals(arrival.message().deviceId(), message.deviceId());
      assertEquals(json.get("timestamp_ms").asLong(), message.timestamp().toEpochMilli());
      messages++;
    }
    assertTrue(messages > 3_000);
  }

  @Test
  void realistic_switchesOnAllPhenomena_butThoseSetAfterwards() {
    DeviceSimulatorBuilder expected = FieldRun.simulator(50);
    for (Phenomenon phenomenon : Phenomenon.values()) {
      assertTrue(phenomenon.inTheField() > 0 && phenomenon.inTheField() < 1, phenomenon::name);
      expected.with(phenomenon, phenomenon == Phenomenon.LOSS ? 0 : phenomenon.inTheField());
    }

    assertEquals(
        FieldRun.of(expected, 50).transmissions().toString(),
        FieldRun.of(FieldRun.simulator(50).realistic().with(Phenomenon.LOSS, 0), 50)
            .transmissions()
            .toString());
  }

  @Test
  void realistic_overall_deliversMostOnTime() {
    FieldRun run = FieldRun.of(FieldRun.simulator(200).realistic(), 200);

    assertEquals(0.96, run.share(Fate.DELIVERED), 0.03);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void with_aShareThatIsNone_isRefused(double share) {
    DeviceSimulatorBuilder simulator = FieldRun.simulator(1);

    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> simulator.with(Phenomenon.LOSS, share));
    assertEquals("A share of 0 to 1 is needed, not " + share + ".", error.getMessage());
  }

  @Test
  void every_asLongAsAYear_isKept_butNotLonger() {
    DeviceSimulatorBuilder simulator = field(5).every(Duration.ofDays(366));
    List<Transmission> sent = simulator.transmissions(FieldRun.START, Duration.ofDays(36_600));

    assertTrue(sent.size() > 300, sent.size() + " transmissions");
    assertTrue(
        sent.stream()
            .allMatch(t -> t.arrivals().stream().noneMatch(a -> a.at().isBefore(t.sentAt()))));
    for (Executable slow :
        List.<Executable>of(
            () -> simulator.every(Duration.ofDays(367)),
            () -> simulator.rate(1e-9).preview(FieldRun.START, Duration.ZERO))) {
      String message =
          String.valueOf(assertThrows(IllegalArgumentException.class, slow).getMessage());
      assertTrue(message.contains("at least once in PT8784H"), message);
    }
  }
}
