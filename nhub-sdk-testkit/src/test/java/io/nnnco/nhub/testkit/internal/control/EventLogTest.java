package io.nnnco.nhub.testkit.internal.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.HandshakeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventLogTest {
  private static final Set<JournalName> ACKS = Set.of(JournalName.ACKS);
  private static final Set<JournalName> BOTH =
      Set.of(JournalName.ACKS, JournalName.HANDSHAKE_FAILURES);

  private final EventLog log = new EventLog();

  private void add(JournalName journal, int times) {
    for (int i = 0; i < times; i++) {
      log.add(journal, new HandshakeRecord(Instant.EPOCH, "why"), 0);
    }
  }

  private static List<Long> numbers(EventLog.Page page) {
    return page.events().stream().map(EventLog.Event::number).toList();
  }

  @Test
  void after_ofSeveralJournals_isInOrderAndNotBeyondTheLimit() {
    add(JournalName.ACKS, 2);
    add(JournalName.HANDSHAKE_FAILURES, 1);
    add(JournalName.ACKS, 1);

    assertEquals(List.of(2L, 3L, 4L), numbers(log.after(1, BOTH, 9)));
    assertEquals(List.of(1L, 2L), numbers(log.after(0, ACKS, 2)));
    assertTrue(log.after(0, ACKS, 2).more());
    assertFalse(log.after(0, ACKS, 3).more());
  }

  @Test
  void add_beyondWhatIsKept_dropsTheOldestOfThatJournalOnlyAndSaysSo() {
    add(JournalName.HANDSHAKE_FAILURES, 1);
    add(JournalName.ACKS, EventLog.KEPT + 2);

    EventLog.Page acks = log.after(0, ACKS, Integer.MAX_VALUE);

    assertEquals(EventLog.KEPT, acks.events().size());
    assertTrue(acks.gap());
    assertFalse(log.after(3, ACKS, 1).gap());
    assertEquals(List.of(1L), numbers(log.after(0, Set.of(JournalName.HANDSHAKE_FAILURES), 9)));
    assertEquals(EventLog.KEPT + 2, log.count(JournalName.ACKS));
  }

  @Test
  void add_ofLargeEntries_keepsSoManyBytes() {
    int half = (int) (EventLog.KEPT_BYTES / 2);
    for (int i = 0; i < 3; i++) {
      log.add(JournalName.ACKS, new HandshakeRecord(Instant.EPOCH, "why"), half);
    }

    assertEquals(List.of(2L, 3L), numbers(log.after(0, ACKS, 9)));
  }

  @Test
  void clear_leavesTheResetAlone_andKeepsTheNumbers() {
    add(JournalName.ACKS, 3);

    log.clear(new Reset(Instant.EPOCH));
    add(JournalName.ACKS, 1);

    assertEquals(List.of(4L), numbers(log.after(0, Set.of(JournalName.RESETS), 9)));
    assertEquals(List.of(5L), numbers(log.after(0, ACKS, 9)));
  }

  @Test
  void await_withAnEntryOrAfterTheEnd_returnsAtOnce() throws InterruptedException {
    add(JournalName.ACKS, 1);
    log.await(0, ACKS, Duration.ofDays(1));

    log.close();
    log.await(1, ACKS, Duration.ofDays(1));

    assertTrue(log.closed());
  }

  @Test
  void turn_withinTheRate_writesEverything() {
    EventStream stream = new EventStream(log, ACKS, 0, 1_000, () -> {});
    add(JournalName.ACKS, 2);

    assertEquals(
        """
        id: 1
        event: acks
        data: {"number": 1, "at": "1970-01-01T00:00:00Z", "reason": "why"}

        id: 2
        event: acks
        data: {"number": 2, "at": "1970-01-01T00:00:00Z", "reason": "why"}

        """,
        stream.turn(log.after(0, ACKS, 9).events()));
  }

  @Test
  void turn_beyondTheRate_writesAFairSampleAndCountsTheRest() {
    EventStream stream = new EventStream(log, BOTH, 0, 80, () -> {}); // 4 in a turn
    add(JournalName.HANDSHAKE_FAILURES, 1);
    add(JournalName.ACKS, 100);

    String text = stream.turn(log.after(0, BOTH, Integer.MAX_VALUE).events());

    assertEquals(
        List.of("id: 1", "id: 51", "id: 101", "id: 101"),
        text.lines().filter(line -> line.startsWith("id: ")).toList());
    assertTrue(text.endsWith("event: dropped\ndata: {\"acks\": 98}\n\n"), text);
  }

  @Test
  void turn_tooLateForSome_countsThemAsDropped() {
    EventStream stream = new EventStream(log, ACKS, 0, 10_000, () -> {}); // 500 in a turn
    add(JournalName.ACKS, 1);
    stream.turn(log.after(0, ACKS, Integer.MAX_VALUE).events());
    add(JournalName.ACKS, EventLog.KEPT + 5);

    String text = stream.turn(log.after(1, ACKS, Integer.MAX_VALUE).events());

    String dropped = "{\"acks\": " + (EventLog.KEPT + 5 - 500) + "}";
    assertTrue(text.endsWith("event: dropped\ndata: " + dropped + "\n\n"), text);
  }
}
