package io.nnnco.nhub.stream.internal.gap;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.testkit.DeviceModel;
import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.Silence;
import io.nnnco.nhub.testkit.Transmission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A simulated fleet, played into a ledger in virtual time, without a wire. */
final class FleetRun {
  static final Instant START = Instant.parse("2026-03-17T00:00:00Z");

  private final List<Transmission> truth;
  private final List<Silence> silences;
  private final Map<String, Map<Instant, Gap>> gaps = new LinkedHashMap<>();
  private Instant now = START;
  private final DeviceLedger ledger =
      new DeviceLedger(GapOptions.ofDefaults(), () -> now, this::onEvent);

  private record Due(MessageKind kind, Transmission.Arrival arrival) {}

  FleetRun(DeviceSimulatorBuilder simulator, Duration time) {
    truth = simulator.transmissions(START, time);
    silences = simulator.silences(START, time);
    play(START.plus(time));
  }

  private void play(Instant end) {
    ledger.connectionRestored(START, false);
    List<Due> arrivals = new ArrayList<>();
    for (Transmission sent : truth) {
      sent.arrivals().forEach(arrival -> arrivals.add(new Due(sent.kind(), arrival)));
    }
    arrivals.sort(Comparator.comparing(due -> due.arrival().at()));
    for (Due due : arrivals) {
      tickUntil(due.arrival().at());
      play(due.kind(), due.arrival().message(), due.arrival().at().toEpochMilli());
    }
    tickUntil(end.isAfter(now) ? end : now);
    ledger.tick();
  }

  private void tickUntil(Instant time) {
    while (now.plus(GapWatch.PERIOD).isBefore(time)) {
      now = now.plus(GapWatch.PERIOD);
      ledger.tick();
    }
  }

  private void play(MessageKind kind, FakeMessage message, long at) {
    String device = field(message, "device_id").toString();
    long sent = ((Number) field(message, "timestamp_ms")).longValue();
    switch (kind) {
      case UPLINK -> {
        ledger.heard(device, at);
        ledger.uplink(device, sent, at);
      }
      case JOIN -> ledger.joined(device, at);
      case DOWNLINK -> {}
    }
  }

  private static Object field(FakeMessage message, String name) {
    return Objects.requireNonNull(message.fields().get(name), name);
  }

  private void onEvent(SubscriptionEvent event) {
    if (event instanceof SubscriptionEvent.GapOpened opened) {
      put(opened.gap());
    } else if (event instanceof SubscriptionEvent.GapClosed closed) {
      put(closed.gap());
    } else if (event instanceof SubscriptionEvent.GapCorrected corrected) {
      put(corrected.gap());
    }
  }

  private void put(Gap gap) {
    gaps.computeIfAbsent(gap.deviceId(), id -> new LinkedHashMap<>()).put(gap.from(), gap);
  }

  DeviceLedger ledger() {
    return ledger;
  }

  /** By device, those that have an end. */
  Map<String, Map<Instant, Gap>> gaps() {
    return gaps;
  }

  Score score(Set<DeviceModel> irregularModels) {
    Map<String, List<Transmission>> byDevice = new LinkedHashMap<>();
    Set<String> irregular = new HashSet<>();
    for (Transmission each : truth) {
      if (each.kind() == MessageKind.UPLINK) {
        byDevice.computeIfAbsent(each.deviceId(), id -> new ArrayList<>()).add(each);
        for (Transmission.Arrival arrival : each.arrivals()) {
          Object type = arrival.message().fields().get("device_type");
          if (irregularModels.stream().anyMatch(model -> model.deviceType().equals(type))) {
            irregular.add(each.deviceId());
          }
        }
      }
    }
    Score score = new Score();
    byDevice.forEach(
        (id, sent) ->
            score.add(
                !irregular.contains(id),
                sent,
                silences.stream().filter(each -> each.deviceId().equals(id)).toList(),
                gaps.getOrDefault(id, Map.of()).values().stream()
                    .filter(gap -> gap.to() != null)
                    .toList()));
    return score;
  }
}
