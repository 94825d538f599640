package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class JournalTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Journal<SubscribeRecord> journal = new Journal<>("subscription");
  private final SubscribeRecord refused = record("a", "v4/groups/nnn.beta.master/#", 0x87);
  private final SubscribeRecord granted = record("b", "v4/groups/nnn.acme.master/#", 1);

  private static SubscribeRecord record(String clientId, String filter, int reasonCode) {
    return new SubscribeRecord(Instant.EPOCH, clientId, filter, 1, reasonCode);
  }

  private static Criteria<SubscribeRecord> of(String clientId) {
    return Criteria.where("clientId", SubscribeRecord::clientId, clientId);
  }

  @Test
  void take_severalTimes_givesEachOnceInOrder() {
    journal.add(refused);
    journal.add(granted);

    assertEquals(refused, journal.take(SOON));
    assertEquals(granted, journal.take(SOON));
    assertThrows(AssertionError.class, () -> journal.take(Duration.ZERO));
    assertEquals(List.of(refused, granted), journal.all());
  }

  @Test
  void take_withCriteria_leavesTheOthers() {
    journal.add(refused);
    journal.add(granted);

    assertEquals(granted, journal.take(SOON, of("b")));
    assertEquals(refused, journal.take(SOON));
  }

  @Test
  void take_ofEqualEntries_givesEach() {
    journal.add(refused);
    journal.add(refused);

    assertEquals(journal.take(SOON), journal.take(SOON));
  }

  @Test
  void take_beforeThereIsOne_waitsForIt() {
    CompletableFuture<Void> later = CompletableFuture.runAsync(() -> journal.add(granted));

    assertEquals(granted, journal.take(SOON, of("b")));
    later.join();
  }

  @Test
  void verify_thatIsMissed_tellsTheNearestMissFirstAndWhatItMissed() {
    journal.add(refused);
    journal.add(granted);
    Criteria<SubscribeRecord> criteria =
        of("b")
            .and("filter", SubscribeRecord::filter, "v4/groups/nnn.acme.master/#")
            .andThat("asked for QoS 2", record -> record.requestedQos() == 2);

    String message = assertThrows(AssertionError.class, () -> journal.verify(criteria)).toString();

    assertTrue(message.contains("Expected a subscription of: clientId = b and filter = "));
    assertTrue(message.contains("expected asked for QoS 2, but was not so"));
    assertTrue(message.indexOf("clientId=b") < message.indexOf("clientId=a"));
    assertTrue(message.contains("expected clientId = b, but was a"));
  }

  @Test
  void verify_ofACount_isExact() {
    journal.add(refused);
    journal.add(refused);

    journal.verify(2, of("a"));
    journal.verify(0, of("b"));
    String message =
        assertThrows(AssertionError.class, () -> journal.verify(1, of("a"))).toString();
    assertTrue(message.contains("found 2"));
    assertTrue(message.contains("matches: SubscribeRecord"));
  }

  @Test
  void verify_ofAnEmptyJournal_saysSo() {
    String message =
        assertThrows(AssertionError.class, () -> journal.verify(Criteria.any())).toString();

    assertTrue(message.endsWith("Expected a subscription of: anything. The journal is empty."));
  }

  @Test
  void follow_tellsOfEachEntryFromThenOn() {
    List<SubscribeRecord> told = new ArrayList<>();
    journal.add(refused);
    journal.follow(told::add);
    journal.add(granted);

    assertEquals(List.of(granted), told);
  }

  @Test
  void add_beyondTheCapacity_forgetsTheOldest() {
    journal.add(refused);
    for (int i = 0; i < Journal.CAPACITY; i++) {
      journal.add(granted);
    }

    assertEquals(Journal.CAPACITY, journal.all().size());
    assertEquals(0, journal.count(of("a")));
  }
}
