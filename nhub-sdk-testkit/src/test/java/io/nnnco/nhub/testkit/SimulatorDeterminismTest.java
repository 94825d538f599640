package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.message.MessageKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed, start and switches give the same messages at the same times. */
final class SimulatorDeterminismTest {
  private static final Duration RUN = FieldRun.intervals(300);

  /** All that happens in the field, and so often that it happens in this run. */
  private static DeviceSimulatorBuilder field(DeviceSimulatorBuilder simulator) {
    for (Phenomenon phenomenon : Phenomenon.values()) {
      simulator.with(phenomenon, 0.1);
    }
    return simulator.with(Phenomenon.CLOCK_RESETS, 0.4).joins();
  }

  private static List<String> texts(List<FakeMessage> messages) {
    return messages.stream().map(FakeMessage::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 17, 600, 86_400})
  void virtualClock_inAnySteps_sendsThePreview(long seconds) {
    VirtualClock clock = VirtualClock.at(FieldRun.START);
    List<FakeMessage> published = new ArrayList<>();
    try (DeviceSimulator running =
        field(
                new DeviceSimulatorBuilder("nnn.acme", clock, published::add, started -> {})
                    .devices(10)
                    .every(FieldRun.INTERVAL)
                    .seed(11))
            .start()) {
      Duration left = RUN;
      while (!left.isZero()) {
        Duration step = Duration.ofSeconds(Math.min(seconds, left.toSeconds()));
        clock.advance(step);
        left = left.minus(step);
      }
      assertEquals(FieldRun.START, running.startedAt());
    }

    List<FakeMessage> preview = field(FieldRun.simulator(10)).preview(FieldRun.START, RUN);
    assertTrue(preview.size() > 2_000, preview.size() + " messages");
    assertEquals(texts(preview), texts(published));
  }

  @Test
  void systemsClock_inRealTime_sendsThePreview() throws InterruptedException {
    BlockingQueue<FakeMessage> published = new LinkedBlockingQueue<>();
    DeviceSimulatorBuilder simulator =
        field(
            new DeviceSimulatorBuilder(
                    "nnn.acme", InstantSource.system(), published::add, started -> {})
                .devices(20)
                .rate(1_000));
    List<FakeMessage> received = new ArrayList<>();
    try (DeviceSimulator running = simulator.start()) {
      while (received.size() < 500) {
        FakeMessage message = published.poll(60, TimeUnit.SECONDS);
        assertNotNull(message);
        received.add(message);
      }
      assertEquals(
          texts(simulator.preview(running.startedAt(), Duration.ofSeconds(5)).subList(0, 500)),
          texts(received));
    }
  }

  /** Also on another JDK, processor and operating system; update it when a change is meant. */
  @Test
  void preview_onAnyMachine_isTheSameToTheByte() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (FakeMessage message : field(FieldRun.simulator(25)).preview(FieldRun.START, RUN)) {
      digest.update(message.payload(FieldRun.START));
      digest.update(message.topic("nnn.other").getBytes(StandardCharsets.UTF_8));
    }

    assertEquals(
        "804e3557224b6f6d53af6e08b755ed1f073ca2e8f03a6d21216c245b75fa881d",
        HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * With all others on, so that a phenomenon that throws another's dice is found. What is struck
   * changes, which is a tenth of something each time; all the rest must not.
   */
  @ParameterizedTest
  @EnumSource(Phenomenon.class)
  void phenomenon_switchedOff_leavesWhatItDidNotStrikeAsItWas(Phenomenon phenomenon) {
    Set<String> with = arrivals(field(FieldRun.simulator(100)));
    Set<String> without = arrivals(field(FieldRun.simulator(100)).with(phenomenon, 0));
    Set<String> same = new HashSet<>(without);
    same.retainAll(with);

    // A door's rhythm changes all its times: a fifth of the devices.
    double expected = phenomenon == Phenomenon.DAILY_RHYTHM ? 0.75 : 0.8;
    assertTrue(same.size() > expected * without.size(), same.size() + " of " + without.size());
    assertTrue(!with.equals(without), "it changes nothing");
  }

  /** What takes messages away does nothing else: time passes for silent devices, too. */
  @ParameterizedTest
  @EnumSource(names = {"LOSS", "LOSS_BURSTS", "GATEWAY_OUTAGES", "SILENCE"})
  void phenomenon_thatTakesAway_leavesTheOtherUplinksAsTheyWere(Phenomenon phenomenon) {
    Set<String> all = uplinks(field(FieldRun.simulator(25)).with(phenomenon, 0));
    Set<String> left = uplinks(field(FieldRun.simulator(25)).with(phenomenon, 0.3));

    assertTrue(all.containsAll(left));
    assertTrue(left.size() < 0.85 * all.size(), left.size() + " of " + all.size());
  }

  private static Set<String> uplinks(DeviceSimulatorBuilder simulator) {
    return FieldRun.of(simulator, 200).only(MessageKind.UPLINK).arrivals(Instant.MAX).stream()
        .map(arrival -> arrival.message().toString())
        .collect(Collectors.toSet());
  }

  private static Set<String> arrivals(DeviceSimulatorBuilder simulator) {
    Set<String> arrivals = new HashSet<>();
    for (Transmission sent : FieldRun.of(simulator, 60).transmissions()) {
      sent.arrivals().forEach(arrival -> arrivals.add(arrival.toString()));
    }
    return arrivals;
  }
}
