package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnnco.nhub.testkit.Transmission.Arrival;
import io.nnnco.nhub.testkit.Transmission.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of frames between device and platform, measured against what was asked for. */
final class PhenomenaOnTheWayTest {
  @Test
  void nothing_switchedOn_deliversAllAtOnce() {
    FieldRun run = FieldRun.of(FieldRun.simulator(50), 20);

    assertEquals(1, run.share(Fate.DELIVERED));
    assertEquals(
        1,
        run.share(
            sent ->
                sent.arrivals().size() == 1
                    && sent.arrivals().get(0).at().equals(sent.sentAt())
                    && FieldRun.skew(sent).isZero()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3, 0.6, 0.95, 1})
  void loss_ofAllTransmissions_isTheShare(double share) {
    FieldRun run = FieldRun.of(Phenomenon.LOSS, share, 200, 150);

    assertEquals(share, run.share(Fate.LOST_ON_AIR), 0.006);
    assertEquals(1 - share, run.share(Fate.DELIVERED), 0.006);
  }

  @Test
  void loss_byDevice_isMoreTheWeakerTheSignal() {
    DeviceSimulatorBuilder simulator =
        FieldRun.simulator(DeviceModel.SOIL, 200).with(Phenomenon.LOSS, 0.1);
    List<FieldRun> weakestFirst =
        FieldRun.of(simulator, 200).byDevice().values().stream()
            .map(FieldRun::new)
            .sorted(Comparator.comparingDouble(PhenomenaOnTheWayTest::signal))
            .toList();

    assertTrue(loss(weakestFirst.subList(0, 20)) > 0.35);
    assertTrue(loss(weakestFirst.subList(80, 120)) < 0.06);
    assertTrue(loss(weakestFirst.subList(160, 200)) < 0.005);
  }

  private static double signal(FieldRun device) {
    return device.transmissions().stream()
        .filter(sent -> !sent.arrivals().isEmpty())
        .limit(20)
        .mapToInt(sent -> FieldRun.json(sent).at("/network_metadata/rssi").asInt())
        .average()
        .orElseThrow();
  }

  private static double loss(List<FieldRun> devices) {
    return devices.stream().mapToDouble(d -> d.share(Fate.LOST_ON_AIR)).average().orElseThrow();
  }

  @Test
  void lossBursts_ofTheTime_areTheShare_severalInARow() {
    FieldRun run = FieldRun.of(Phenomenon.LOSS_BURSTS, 0.05, 200, 200);

    assertEquals(0.05, run.share(Fate.LOST_ON_AIR), 0.005);
    assertEquals(4, meanRow(run, Fate.LOST_ON_AIR), 1);
  }

  /** How many transmissions of a device in a row have a fate, in the mean. */
  private static double meanRow(FieldRun run, Fate fate) {
    int rows = 0;
    int struck = 0;
    for (List<Transmission> device : run.byDevice().values()) {
      for (int i = 0; i < device.size(); i++) {
        boolean now = device.get(i).fate() == fate;
        struck += now ? 1 : 0;
        rows += now && (i == 0 || device.get(i - 1).fate() != fate) ? 1 : 0;
      }
    }
    return (double) struck / rows;
  }

  @Test
  void gatewayOutages_ofTheTime_areTheShare() {
    FieldRun run = FieldRun.of(Phenomenon.GATEWAY_OUTAGES, 0.2, 150, 400);

    assertEquals(0.2, run.share(Fate.LOST_IN_OUTAGE), 0.02);
    assertEquals(20, meanRow(run, Fate.LOST_IN_OUTAGE), 3);
  }

  @Test
  void gatewayOutages_ofADuplicatedFrame_areMadeUpForByTheOtherGateway() {
    FieldRun run =
        FieldRun.of(
            FieldRun.simulator(100)
                .with(Phenomenon.GATEWAY_OUTAGES, 0.2)
                .with(Phenomenon.DUPLICATES, 1),
            200);

    assertEquals(0.03, run.share(Fate.LOST_IN_OUTAGE), 0.02);
  }

  @Test
  void backlogs_ofTheTime_areTheShare_andComeInOneBurstInOrder() {
    // A tracker may move on to a gateway that has a connection, and so overtake itself.
    FieldRun run =
        FieldRun.of(FieldRun.simulator(DeviceModel.SOIL, 150).with(Phenomenon.BACKLOGS, 0.2), 400);

    assertEquals(0.2, run.share(Fate.DELAYED), 0.02);
    assertEquals(0, run.share(sent -> sent.arrivals().isEmpty()));
    assertEquals(0, run.shareOutOfOrder());
    assertTrue(longestDelay(run).compareTo(FieldRun.intervals(20)) > 0);
    assertTrue(longestBurst(run).compareTo(FieldRun.intervals(1)) < 0);
  }

  private static Duration longestDelay(FieldRun run) {
    return run.transmissions().stream()
        .map(sent -> Duration.between(sent.sentAt(), sent.arrivals().get(0).at()))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** How long it takes at most until the whole backlog of a device is there. */
  private static Duration longestBurst(FieldRun run) {
    Duration longest = Duration.ZERO;
    for (List<Transmission> device : run.byDevice().values()) {
      for (int i = 0, first = -1; i < device.size(); i++) {
        first = device.get(i).fate() != Fate.DELAYED ? -1 : first < 0 ? i : first;
        if (first >= 0) {
          Duration burst = Duration.between(arrival(device.get(first)), arrival(device.get(i)));
          longest = burst.compareTo(longest) > 0 ? burst : longest;
        }
      }
    }
    return longest;
  }

  private static Instant arrival(Transmission sent) {
    return sent.arrivals().get(0).at();
  }

  @Test
  void shuffledBacklogs_ofTheTime_areTheShare_andComeInAnyOrder() {
    FieldRun run = FieldRun.of(Phenomenon.SHUFFLED_BACKLOGS, 0.2, 150, 400);

    assertEquals(0.2, run.share(Fate.DELAYED), 0.02);
    assertEquals(0.1, run.shareOutOfOrder(), 0.02);
  }

  @Test
  void duplicates_ofTransmissions_areTheShare_withinTwoSeconds() {
    FieldRun run = FieldRun.of(Phenomenon.DUPLICATES, 0.1, 100, 200);

    assertEquals(0.1, run.share(sent -> sent.arrivals().size() > 1), 0.005);
    assertEquals(0.025, run.share(sent -> sent.arrivals().size() == 3), 0.004);
    assertEquals(1, run.share(Fate.DELIVERED));
    List<Duration> lags =
        run.transmissions().stream()
            .filter(sent -> sent.arrivals().size() > 1)
            .map(sent -> Duration.between(sent.sentAt(), sent.arrivals().get(1).at()))
            .toList();
    assertTrue(lags.stream().allMatch(lag -> lag.toMillis() >= 10 && lag.toMillis() <= 2_000));
    assertTrue(lags.stream().distinct().count() > 100);
  }

  @Test
  void duplicates_ofAFrame_differInWhatTheGatewayAddsOnly() {
    for (Transmission sent : FieldRun.of(Phenomenon.DUPLICATES, 1, 20, 5).transmissions()) {
      Set<String> gateways =
          sent.arrivals().stream()
              .map(a -> FieldRun.json(a.message()).at("/network_metadata/gateway_id").asText())
              .collect(Collectors.toSet());

      assertEquals(sent.arrivals().size(), gateways.size());
      assertEquals(1, sent.arrivals().stream().map(this::withoutRadio).distinct().count());
      assertNotEquals(
          sent.arrivals().get(0).message().toString(), sent.arrivals().get(1).message().toString());
    }
  }

  private String withoutRadio(Arrival arrival) {
    return ((ObjectNode) FieldRun.json(arrival.message()))
        .without(List.of("network_metadata"))
        .toString();
  }

  @Test
  void lateMessages_ofTransmissions_areTheShare_andComeAfterNewerOnes() {
    FieldRun run = FieldRun.of(Phenomenon.LATE_MESSAGES, 0.1, 100, 200);

    assertEquals(0.1, run.share(Fate.DELAYED), 0.005);
    assertEquals(0.09, run.shareOutOfOrder(), 0.01);
    assertTrue(longestDelay(run).compareTo(FieldRun.intervals(5)) <= 0);
  }

  @Test
  void outage_ofAllGateways_losesWhatIsSent() {
    FieldRun run =
        FieldRun.of(
            FieldRun.simulator(50).outage(FieldRun.intervals(10), FieldRun.intervals(5)), 20);

    for (Transmission sent : run.transmissions()) {
      Duration after = Duration.between(FieldRun.START, sent.sentAt());
      boolean down =
          after.compareTo(FieldRun.intervals(10)) >= 0
              && after.compareTo(FieldRun.intervals(15)) < 0;
      assertEquals(down ? Fate.LOST_IN_OUTAGE : Fate.DELIVERED, sent.fate());
    }
    assertFalse(run.transmissions().isEmpty());
  }

  @Test
  void gateways_ofADeviceThatDoesNotMove_areTheSame_andItsSignalIsItsOwn() {
    for (List<Transmission> device :
        FieldRun.of(FieldRun.simulator(DeviceModel.SOIL, 30), 100).byDevice().values()) {
      List<Integer> signals =
          device.stream()
              .map(sent -> FieldRun.json(sent).at("/network_metadata/rssi").asInt())
              .sorted()
              .toList();
      assertEquals(
          1,
          device.stream()
              .map(sent -> FieldRun.json(sent).at("/network_metadata/gateway_id"))
              .distinct()
              .count());
      assertTrue(signals.get(signals.size() - 1) - signals.get(0) < 20, signals::toString);
    }
  }
}
