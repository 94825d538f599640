package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
  private final Counters counters = new Counters();
  private final AckLedger ledger = new AckLedger(3, counters, new Observers(List.of()));
  private final Map<AckLedger.Entry, MessageFingerprint> fingerprints = new HashMap<>();
  private final RecordingTransport first = new RecordingTransport();
  private final RecordingTransport second = new RecordingTransport();

  @BeforeEach
  void connect() {
    ledger.connected(first, false);
  }

  private static ReceivedMessage message(int packetId, String payload) {
    return message(packetId, payload, false);
  }

  /** With the DUP flag. */
  private static ReceivedMessage duplicate(int packetId, String payload) {
    return message(packetId, payload, true);
  }

  private static ReceivedMessage message(int packetId, String payload, boolean duplicate) {
    return Received.at(
        VirtualTime.START,
        new InboundMessage(
            "v4/groups/nnn.acme.master/dev/uplinks", payload.getBytes(UTF_8), duplicate, packetId));
  }

  private AckLedger.Entry arrive(int packetId) {
    return arrive(first, packetId, "m" + packetId);
  }

  /** It comes as a new one, and is at work. */
  private AckLedger.Entry arrive(RecordingTransport from, int packetId, String payload) {
    ReceivedMessage message = message(packetId, payload);
    AckLedger.Entry entry = requireNonNull(ledger.arrived(from, message));
    fingerprints.put(entry, message.fingerprint());
    ledger.begun(entry);
    return entry;
  }

  private void done(AckLedger.Entry entry) {
    ledger.done(entry, requireNonNull(fingerprints.get(entry)), List.of());
  }

  private void reconnect(RecordingTransport next) {
    ledger.disconnected(first);
    ledger.connected(next, true);
  }

  @Test
  void done_outOfOrder_acknowledgesInOrderOfArrival() {
    AckLedger.Entry one = arrive(1);
    AckLedger.Entry two = arrive(2);
    AckLedger.Entry three = arrive(3);

    done(three);
    done(two);
    assertEquals(List.of(), first.acknowledged(), "the first is still at work");

    done(one);
    assertEquals(List.of(1, 2, 3), first.acknowledged());
    assertEquals(3, counters.acknowledged());
  }

  @Test
  void done_afterReconnect_sendsNothingOnEitherConnection() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, true);
    done(one);

    assertEquals(List.of(), first.acknowledged());
    assertEquals(List.of(), second.acknowledged(), "packet id 1 may be another message there");
  }

  @Test
  void redelivery_ofAMessageAtWork_isNotBegunAgainAndAcknowledgedWhenDone() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, message(1, "m1")));
    assertEquals(List.of(), second.acknowledged());
    done(one);
    assertEquals(List.of(1), second.acknowledged());
    assertEquals(1, counters.redelivered());
  }

  @Test
  void redelivery_ofAMessageFinishedMeanwhile_isAcknowledgedAtOnce() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    done(one);
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, message(1, "m1")));
    assertEquals(List.of(1), second.acknowledged());
  }

  @Test
  void redelivery_ofAMessageWhoseAcknowledgementWasLost_isAcknowledgedAgain() {
    done(arrive(1));
    assertEquals(List.of(1), first.acknowledged());
    reconnect(second);

    assertNull(ledger.arrived(second, duplicate(1, "m1")));
    assertEquals(List.of(1), second.acknowledged());
  }

  @Test
  void acknowledged_beyondTheWindow_areForgotten() {
    for (int id = 1; id <= 4; id++) {
      done(arrive(id));
    }
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNotNull(ledger.arrived(second, duplicate(1, "m1")), "the server has seen that one");
    assertNull(ledger.arrived(second, duplicate(2, "m2")));
  }

  @Test
  void packetIdUsedAgain_isTheYoungestAcknowledged() {
    for (int id : new int[] {1, 2, 3}) {
      done(arrive(id));
    }
    done(arrive(first, 1, "again"));
    done(arrive(4));
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, duplicate(1, "again")));
  }

  @Test
  void room_isWhatMayBeOwed_finishedOrNot() {
    List<AckLedger.Entry> entries = List.of(arrive(1), arrive(2), arrive(3));
    done(entries.get(2));
    assertFalse(ledger.hasRoom(), "finished, but not acknowledged");

    done(entries.get(0));
    assertTrue(ledger.hasRoom());
    assertFalse(ledger.isHalfFree());
    done(entries.get(1));
    assertTrue(ledger.isHalfFree());
  }

  @Test
  void room_beginsAnewWithTheConnection() {
    arrive(1);
    arrive(2);
    arrive(3);
    reconnect(second);
    assertTrue(ledger.hasRoom());
  }

  @Test
  void manyShortConnections_rememberNoMoreThanTwoWindows() {
    RecordingTransport connection = first;
    for (int id = 1; id <= 100; id++) {
      done(arrive(connection, id, "m" + id));
      ledger.disconnected(connection);
      connection = new RecordingTransport();
      ledger.connected(connection, true);
    }

    assertNotNull(ledger.arrived(connection, duplicate(94, "m94")));
    assertNull(ledger.arrived(connection, duplicate(95, "m95")));
  }

  @Test
  void samePacketId_otherContent_isANewMessage() {
    arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNotNull(ledger.arrived(second, message(1, "another")));
  }

  @Test
  void sessionLost_forgetsWhatWasOwed() {
    arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, false);

    assertEquals(0, ledger.unfinished());
    assertNotNull(ledger.arrived(second, message(1, "m1")), "a new message to the server");
  }

  @Test
  void oldConnection_handsOverAMessageLate_isIgnored() {
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNull(ledger.arrived(first, message(9, "late")));
    assertEquals(0, ledger.unfinished());
  }

  @Test
  void twoDropsInARow_keepWhatIsAtWork() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, true);
    ledger.disconnected(second);
    RecordingTransport third = new RecordingTransport();
    ledger.connected(third, true);

    assertNull(ledger.arrived(third, message(1, "m1")));
    done(one);
    assertEquals(List.of(1), third.acknowledged());
  }

  @Test
  void acknowledged_samePacketIdAndContent_withoutDup_isANewMessage() {
    done(arrive(1));
    reconnect(second);

    AckLedger.Entry again = arrive(second, 1, "m1");
    assertEquals(List.of(), second.acknowledged(), "no handler has seen this one");
    done(again);
    assertEquals(List.of(1), second.acknowledged());
    assertEquals(0, counters.redelivered());
  }

  @Test
  void finishedButNotAcknowledged_comesWithoutDup_isTheSame() {
    AckLedger.Entry one = arrive(1);
    done(arrive(2));
    reconnect(second);
    done(one);

    assertNull(ledger.arrived(second, message(1, "m1")));
    assertNull(ledger.arrived(second, message(2, "m2")));
    assertEquals(List.of(1, 2), second.acknowledged(), "no other message may have these ids yet");
  }

  @Test
  void acknowledged_otherContent_withDup_isANewMessage() {
    done(arrive(1));
    reconnect(second);
    assertNotNull(ledger.arrived(second, duplicate(1, "m2")));
  }

  @Test
  void neverBegun_comesAgain_isNew_evenWhereItsPacketIdWasAcknowledgedBefore() {
    done(arrive(1));
    requireNonNull(ledger.arrived(first, message(1, "m1")));
    reconnect(second);

    assertNotNull(ledger.arrived(second, duplicate(1, "m1")), "the second of the two");
    assertEquals(List.of(), second.acknowledged());
  }

  @Test
  void finished_keepsNoContent() {
    ReceivedMessage message = message(1, "m1");
    AckLedger.Entry entry = requireNonNull(ledger.arrived(first, message));
    ledger.begun(entry);
    assertEquals(message, entry.message());
    ledger.done(entry, message.fingerprint(), List.of());
    assertNull(entry.message());
  }
}
