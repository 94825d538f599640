package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeviceSimulatorTest {
  private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final VirtualClock clock = VirtualClock.at(START);
  private final List<FakeMessage> published = new ArrayList<>();

  private DeviceSimulatorBuilder simulator() {
    return new DeviceSimulatorBuilder("nnn.acme", clock, published::add, started -> {});
  }

  private List<FakeMessage> dayOf(DeviceModel model) {
    return simulator().devices(model, 1).every(Duration.ofMinutes(10)).preview(START, DAY);
  }

  private static JsonNode json(FakeMessage message) {
    try {
      String text = message.toString();
      return new ObjectMapper().readTree(text.substring(text.indexOf('{')));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Double> values(List<FakeMessage> messages, String channel) {
    List<Double> values = new ArrayList<>();
    for (FakeMessage message : messages) {
      for (JsonNode reading : json(message).get("readings")) {
        if (reading.get("channel_id").asText().equals(channel)) {
          values.add(reading.get("value").asDouble());
        }
      }
    }
    return values;
  }

  private static Instant time(FakeMessage message) {
    return Instant.ofEpochMilli(json(message).get("timestamp_ms").asLong());
  }

  private static boolean isJoin(FakeMessage message) {
    return json(message).get("message_type").asText().equals("join");
  }

  private static List<String> texts(List<FakeMessage> messages) {
    return messages.stream().map(FakeMessage::toString).toList();
  }

  @Test
  void preview_inALanguageWithDigitsOfItsOwn_isTheSame() {
    String expected = dayOf(DeviceModel.CLIMATE).get(0).toString();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertEquals(expected, dayOf(DeviceModel.CLIMATE).get(0).toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void preview_ofTheSameSeed_isTheSameToTheLetter() {
    assertEquals(
        texts(simulator().devices(5).seed(7).preview(START, Duration.ofMinutes(5))),
        texts(simulator().devices(5).seed(7).preview(START, Duration.ofMinutes(5))));
    assertNotEquals(
        texts(simulator().devices(5).seed(7).preview(START, Duration.ofMinutes(5))),
        texts(simulator().devices(5).seed(8).preview(START, Duration.ofMinutes(5))));
  }

  @Test
  void climate_overADay_isWarmestInTheAfternoonAndDriestThen() {
    List<FakeMessage> day = dayOf(DeviceModel.CLIMATE);
    List<Double> temperatures = values(day, "temperature");
    double warmest = temperatures.stream().max(Double::compare).orElseThrow();
    double coldest = temperatures.stream().min(Double::compare).orElseThrow();
    // 15:00 in Sydney by the sun is 05:00 UTC.
    Instant hottest = time(day.get(temperatures.indexOf(warmest)));

    assertTrue(warmest - coldest > 6 && warmest < 40 && coldest > 5, warmest + " " + coldest);
    assertTrue(hottest.isAfter(START.plus(Duration.ofHours(2))), hottest::toString);
    assertTrue(hottest.isBefore(START.plus(Duration.ofHours(9))), hottest::toString);
    assertTrue(values(day, "humidity").stream().allMatch(value -> value >= 12 && value <= 100));
  }

  @Test
  void soil_overDays_driesUntilWatered() {
    List<Double> moisture =
        values(
            simulator()
                .devices(DeviceModel.SOIL, 1)
                .every(Duration.ofHours(1))
                .preview(START, Duration.ofDays(30)),
            "soil_moisture");
    long watered = 0;
    for (int i = 1; i < moisture.size(); i++) {
      watered += moisture.get(i) > moisture.get(i - 1) + 5 ? 1 : 0;
    }

    assertTrue(watered >= 2 && watered <= 15, "watered " + watered + " times");
    assertTrue(moisture.stream().allMatch(value -> value > 10 && value < 50));
  }

  @Test
  void waterMeter_overADay_neverRunsBackwards() {
    List<Double> volumes = values(dayOf(DeviceModel.WATER_METER), "volume");

    assertEquals(volumes.stream().sorted().toList(), volumes);
    double used = volumes.get(volumes.size() - 1) - volumes.get(0);
    assertTrue(used > 0.05 && used < 5, used + " m3 in a day");
  }

  @Test
  void door_overADay_isOpenedAndCounted() {
    List<Double> counts = values(dayOf(DeviceModel.DOOR), "open_count");

    assertEquals(counts.stream().sorted().toList(), counts);
    assertTrue(counts.get(counts.size() - 1) - counts.get(0) > 3);
  }

  @Test
  void gpsTracker_overADay_movesButStaysAround() {
    List<JsonNode> places =
        dayOf(DeviceModel.GPS_TRACKER).stream()
            .map(message -> json(message).get("location"))
            .toList();

    assertTrue(places.stream().distinct().count() > 50);
    assertTrue(
        places.stream()
            .mapToDouble(place -> place.get("latitude").asDouble())
            .allMatch(latitude -> latitude > -35 && latitude < -33));
  }

  @Test
  void devices_ofOneFleet_haveTheirOwnIds() {
    List<FakeMessage> messages =
        simulator().devices(50).every(Duration.ofSeconds(1)).preview(START, Duration.ofSeconds(2));

    assertEquals(50, messages.stream().map(FakeMessage::deviceId).distinct().count());
    assertTrue(messages.stream().allMatch(m -> m.deviceId().matches("[0-9A-F]{16}")));
  }

  @Test
  void rate_ofTheFleet_isKept() {
    int count = simulator().devices(20).rate(100).preview(START, Duration.ofSeconds(60)).size();

    assertEquals(6_000, count, 100);
  }

  private List<Instant> times(double jitter, long seed) {
    return simulator()
        .devices(DeviceModel.DOOR, 1)
        .every(Duration.ofSeconds(10))
        .jitter(jitter)
        .seed(seed)
        .preview(START, Duration.ofHours(1))
        .stream()
        .map(DeviceSimulatorTest::time)
        .toList();
  }

  private static Set<Long> seconds(List<Instant> times) {
    Set<Long> seconds = new TreeSet<>();
    for (int i = 1; i < times.size(); i++) {
      long millis = Duration.between(times.get(i - 1), times.get(i)).toMillis();
      seconds.add(Math.round(millis / 1_000.0));
    }
    return seconds;
  }

  @Test
  void jitter_ofADevice_isItsShareOfTheInterval() {
    assertEquals(Set.of(10L), seconds(times(0, 7)));
    assertEquals(Set.of(8L, 9L, 10L, 11L, 12L), seconds(times(0.2, 7)));
  }

  @Test
  void seed_ofAFleet_decidesWhenItsDevicesSend() {
    assertNotEquals(times(0, 7), times(0, 8));
  }

  @Test
  void outage_ofTheFleet_isSilent() {
    List<FakeMessage> messages =
        simulator()
            .devices(10)
            .every(Duration.ofSeconds(1))
            .outage(Duration.ofSeconds(20), Duration.ofSeconds(10))
            .preview(START, Duration.ofSeconds(60));

    assertTrue(
        messages.stream()
            .map(DeviceSimulatorTest::time)
            .noneMatch(
                at -> at.isAfter(START.plusSeconds(20)) && at.isBefore(START.plusSeconds(30))));
    assertEquals(500, messages.size(), 30);
  }

  @Test
  void loss_onTheAir_isAShareOfAll() {
    int count =
        simulator()
            .devices(10)
            .every(Duration.ofSeconds(1))
            .with(Phenomenon.LOSS, 0.25)
            .preview(START, Duration.ofSeconds(400))
            .size();

    assertEquals(3_000, count, 150);
  }

  @Test
  void joins_ifAskedFor_comeBeforeEachFirstUplink() {
    List<FakeMessage> messages =
        simulator()
            .devices(3)
            .every(Duration.ofSeconds(1))
            .joins()
            .preview(START, DAY.dividedBy(24));

    assertEquals(3, messages.stream().filter(m -> isJoin(m)).count());
    assertTrue(isJoin(messages.get(0)));
  }

  @Test
  void start_withAVirtualClock_sendsAsItIsMoved() {
    try (DeviceSimulator running =
        simulator().devices(4).every(Duration.ofSeconds(10)).jitter(0).start()) {
      assertEquals(0, running.sent());
      clock.advance(Duration.ofSeconds(10));
      assertEquals(4, running.sent());
      clock.advance(Duration.ofSeconds(50));
      assertEquals(24, published.size());
    }
    clock.advance(Duration.ofSeconds(50));
    assertEquals(24, published.size());
  }

  @Test
  void start_withTheSystemsClock_sendsByItself() throws InterruptedException {
    BlockingQueue<FakeMessage> queue = new LinkedBlockingQueue<>();
    try (DeviceSimulator running =
        new DeviceSimulatorBuilder("nnn.acme", InstantSource.system(), queue::add, started -> {})
            .devices(5)
            .rate(500)
            .start()) {
      for (int i = 0; i < 20; i++) {
        assertTrue(queue.poll(60, TimeUnit.SECONDS) != null);
      }
      assertTrue(running.sent() > 0);
    }
  }
}
