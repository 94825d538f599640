package io.nnnco.nhub.stream.internal.gap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.nnnco.nhub.Heap;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.stream.gap.GapStats;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerBoundsTest extends LedgerFixture {
  private static final int DEVICES = 100_000;

  /** Half of the bound is for the garbage that a collection may leave, and for other tests. */
  @Test
  void hundredThousandDevices_withAllThatIsKeptOfEach_takeLessThan64Megabytes() {
    DeviceLedger full = new DeviceLedger(GapOptions.ofDefaults(), () -> now, event -> {});
    long before = Heap.usedAfterCollection();
    for (int device = 0; device < DEVICES; device++) {
      String id = "70B3D57E" + String.format("%08X", device);
      for (int uplink = 0; uplink <= 20; uplink++) {
        full.uplink(id, uplink * MINUTE, uplink * MINUTE);
      }
      for (int gap = 0; gap < Pieces.MOST; gap++) { // Each of them with an end, and none is alike.
        full.uplink(id, (25 + 5 * gap) * MINUTE, (25 + 5 * gap) * MINUTE);
        full.uplink(id, (26 + 5 * gap) * MINUTE, (26 + 5 * gap) * MINUTE);
      }
    }
    long bytes = Heap.usedAfterCollection() - before;

    assertEquals(DEVICES, full.stats().devices());
    assertEquals((long) DEVICES * Pieces.MOST, full.stats().gaps());
    System.out.println("100,000 devices: " + bytes / 1_000_000.0 + " MB");
    assertTrue(bytes < 64_000_000, bytes + " bytes");
  }

  @Test
  void uplink_ofAKnownDevice_allocatesNothing() {
    String[] ids = new String[1_000];
    for (int device = 0; device < ids.length; device++) {
      ids[device] = "70B3D57E" + device;
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    long nanos = Long.MAX_VALUE;
    long minute = 0;
    for (int round = 0; round < 20; round++) { // The first ones are for the compiler.
      long before = thread.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      for (int i = 0; i < 100; i++, minute++) {
        for (String id : ids) {
          long time = START.toEpochMilli() + minute * MINUTE;
          ledger.heard(id, time);
          ledger.uplink(id, time, time);
        }
      }
      nanos = Math.min(nanos, System.nanoTime() - begun);
      allocated = Math.min(allocated, thread.getCurrentThreadAllocatedBytes() - before);
    }
    System.out.println("An uplink of a known device: " + nanos / 100_000 + " ns");
    assertTrue(allocated < 100_000, allocated + " bytes for 100,000 uplinks");
    assertEquals(1_000, ledger.stats().regular());
  }

  @Test
  void moreDevicesThanAllowed_evictsThoseNotHeardForLong_andCounts() {
    DeviceLedger small = ledger(GapOptions.ofDefaults().withMaxDevices(1_000));
    for (int device = 0; device < 5_000; device++) {
      small.uplink("D" + device, device * 1_000L, device * 1_000L);
      assertTrue(small.stats().devices() <= 1_000);
    }
    GapStats stats = small.stats();
    assertEquals(5_000, stats.devices() + stats.evicted());
    assertTrue(small.device("D4999").isPresent());
    for (int device = 0; device < 2_000; device++) {
      assertTrue(small.device("D" + device).isEmpty(), "D" + device);
    }
    long latest =
        IntStream.range(4_500, 5_000).filter(each -> small.device("D" + each).isPresent()).count();
    assertTrue(latest > 450, latest + " of the latest 500");
  }

  @Test
  void idsThatAreTooLong_areNotFollowed() {
    uplink("X".repeat(DeviceLedger.LONGEST_ID + 1), START, START);
    assertEquals(0, ledger.stats().devices());
  }

  /** Whatever comes: no number below zero, and the books agree with what was told. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyMessages_inAnyOrder_keepTheBooksConsistent(int seed) {
    Random random = new Random(seed);
    List<Long> sent = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      now = now.plusMillis(random.nextInt(90_000));
      long time = now.toEpochMilli();
      long stamp =
          switch (random.nextInt(12)) {
            case 0 -> random.nextLong(); // anything
            case 1 -> sent.isEmpty() ? time : sent.get(random.nextInt(sent.size()));
            case 2 -> time - random.nextInt(1_000_000);
            case 3 -> time / 1_000;
            default -> time;
          };
      sent.add(stamp);
      ledger.uplink("D" + random.nextInt(3), stamp, time);
      if (random.nextInt(5) == 0) {
        ledger.tick();
      }
      if (random.nextInt(500) == 0) {
        ledger.connectionLost(now, now);
        now = now.plusSeconds(random.nextInt(5_000));
        ledger.connectionRestored(now, random.nextBoolean());
      }
    }
    ledger.tick();

    Map<String, Long> told = new HashMap<>();
    for (SubscriptionEvent event : events) {
      Gap gap = gapOf(event);
      assertTrue(gap.missing() >= 0, event.toString());
      assertTrue(gap.to() == null || !gap.to().isBefore(gap.from()), event.toString());
      assertTrue(gap.cadence().toMillis() > 0 || gap.missing() == 0, event.toString());
      told.merge(gap.deviceId(), 1L, Long::sum);
    }
    GapStats stats = ledger.stats();
    stats.missing().forEach((cause, count) -> assertTrue(count >= 0, stats.toString()));
    assertTrue(stats.gaps() >= 0 && stats.late() >= 0, stats.toString());
    long ofDevices =
        told.keySet().stream().mapToLong(id -> ledger.device(id).orElseThrow().missing()).sum();
    assertEquals(stats.missingInAll(), ofDevices);
  }

  @Test
  void devices_doNotMatterToEachOther_inWhateverOrderTheirLanesRun() {
    Random random = new Random(3);
    List<List<Instant>> times = new ArrayList<>();
    for (int device = 0; device < 20; device++) {
      List<Instant> own = new ArrayList<>();
      for (int minute = 0; minute < 300; minute++) {
        if (random.nextInt(20) > 0) {
          own.add(minute(minute + 0.2 * random.nextDouble()));
        }
      }
      times.add(own);
    }
    DeviceLedger mixed = ledger(GapOptions.ofDefaults());
    int[] next = new int[times.size()];
    for (int left = times.stream().mapToInt(List::size).sum(); left > 0; left--) {
      int device = random.nextInt(next.length);
      while (next[device] == times.get(device).size()) {
        device = (device + 1) % next.length;
      }
      long time = times.get(device).get(next[device]++).toEpochMilli();
      mixed.uplink("D" + device, time, time);
    }
    for (int device = 0; device < times.size(); device++) {
      for (Instant time : times.get(device)) {
        ledger.uplink("D" + device, time.toEpochMilli(), time.toEpochMilli());
      }
    }

    assertTrue(mixed.stats().missingInAll() > 200, mixed.stats().toString());
    assertEquals(ledger.stats(), mixed.stats());
    for (int device = 0; device < times.size(); device++) {
      assertEquals(ledger.device("D" + device), mixed.device("D" + device));
    }
  }
}
