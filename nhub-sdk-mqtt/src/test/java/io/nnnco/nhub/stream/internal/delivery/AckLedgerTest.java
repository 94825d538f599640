package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
  private final Counters counters = new Counters();
  private final List<Boolean> overruns = new ArrayList<>();
  private final AckLedger ledger = new AckLedger(3, counters, overruns::add);
  private final RecordingTransport first = new RecordingTransport();
  private final RecordingTransport second = new RecordingTransport();

  @BeforeEach
  void connect() {
    ledger.connected(first, false);
  }

  private static ReceivedMessage message(int packetId, String payload) {
    return new ReceivedMessage(
        new InboundMessage(
            "v4/groups/nnn.acme.master/dev/uplinks",
            payload.getBytes(UTF_8),
            Qos.AT_LEAST_ONCE,
            false,
            packetId),
        VirtualTime.START);
  }

  private AckLedger.Entry arrive(int packetId) {
    return requireNonNull(ledger.arrived(first, message(packetId, "m" + packetId)));
  }

  @Test
  void done_outOfOrder_acknowledgesInOrderOfArrival() {
    AckLedger.Entry one = arrive(1);
    AckLedger.Entry two = arrive(2);
    AckLedger.Entry three = arrive(3);

    ledger.done(three);
    ledger.done(two);
    assertEquals(List.of(), first.acknowledged(), "the first is still at work");

    ledger.done(one);
    assertEquals(List.of(1, 2, 3), first.acknowledged());
    assertEquals(3, counters.acknowledged());
  }

  @Test
  void done_afterReconnect_sendsNothingOnEitherConnection() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    ledger.connected(second, true);
    ledger.done(one);

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
    ledger.done(one);
    assertEquals(List.of(1), second.acknowledged());
    assertEquals(1, counters.redelivered());
  }

  @Test
  void redelivery_ofAMessageFinishedMeanwhile_isAcknowledgedAtOnce() {
    AckLedger.Entry one = arrive(1);
    ledger.disconnected(first);
    ledger.done(one);
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, message(1, "m1")));
    assertEquals(List.of(1), second.acknowledged());
  }

  @Test
  void redelivery_ofAMessageWhoseAcknowledgementWasLost_isAcknowledgedAgain() {
    ledger.done(arrive(1));
    assertEquals(List.of(1), first.acknowledged());
    ledger.disconnected(first);
    assertEquals(0, ledger.owed());
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, message(1, "m1")));
    assertEquals(List.of(1), second.acknowledged());
  }

  @Test
  void acknowledged_beyondTheWindow_areForgotten() {
    for (int id = 1; id <= 4; id++) {
      ledger.done(arrive(id));
    }
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNotNull(ledger.arrived(second, message(1, "m1")), "the server has seen that one");
    assertNull(ledger.arrived(second, message(2, "m2")));
  }

  @Test
  void packetIdUsedAgain_isTheYoungestAcknowledged() {
    for (int id : new int[] {1, 2, 3}) {
      ledger.done(arrive(id));
    }
    ledger.done(requireNonNull(ledger.arrived(first, message(1, "again"))));
    ledger.done(arrive(4));
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNull(ledger.arrived(second, message(1, "again")));
  }

  @Test
  void moreThanTheWindow_isAnOverrun_untilHalfOfItIsFree() {
    List<AckLedger.Entry> entries = List.of(arrive(1), arrive(2), arrive(3));
    assertEquals(List.of(), overruns, "the window itself is what was agreed");
    AckLedger.Entry fourth = arrive(4);
    ledger.done(fourth);
    assertEquals(List.of(true), overruns, "finished, but not acknowledged");

    ledger.done(entries.get(0));
    ledger.done(entries.get(1));
    assertEquals(List.of(true), overruns);
    ledger.done(entries.get(2));
    assertEquals(List.of(true, false), overruns);
  }

  @Test
  void overrun_endsWithItsConnection() {
    for (int id = 1; id <= 4; id++) {
      arrive(id);
    }
    ledger.disconnected(first);
    assertEquals(List.of(true, false), overruns);
  }

  @Test
  void manyShortConnections_rememberNoMoreThanTwoWindows() {
    RecordingTransport connection = first;
    for (int id = 1; id <= 100; id++) {
      ledger.done(requireNonNull(ledger.arrived(connection, message(id, "m" + id))));
      ledger.disconnected(connection);
      connection = new RecordingTransport();
      ledger.connected(connection, true);
    }

    assertNotNull(ledger.arrived(connection, message(94, "m94")));
    assertNull(ledger.arrived(connection, message(95, "m95")));
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

    assertEquals(0, ledger.owed());
    assertNotNull(ledger.arrived(second, message(1, "m1")), "a new message to the server");
  }

  @Test
  void oldConnection_handsOverAMessageLate_isIgnored() {
    ledger.disconnected(first);
    ledger.connected(second, true);

    assertNull(ledger.arrived(first, message(9, "late")));
    assertEquals(0, ledger.owed());
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
    ledger.done(one);
    assertEquals(List.of(1), third.acknowledged());
  }
}
