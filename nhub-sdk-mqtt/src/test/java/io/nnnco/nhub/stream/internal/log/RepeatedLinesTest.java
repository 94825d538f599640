package io.nnnco.nhub.stream.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Closed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens again and again is told once, and then summed up. */
class RepeatedLinesTest extends LogFixture {
  @Test
  void outage_ofAnHour_isALineEveryFiveMinutes() {
    connect();
    disconnect(lost());
    for (int i = 0; i < 120; i++) {
      time.advance(Duration.ofSeconds(30));
      disconnect(lost());
    }
    connect();

    List<Object> ids = ids();
    assertEquals(List.of("connected", "connection_lost"), ids.subList(0, 2));
    assertEquals(Set.of("disconnects_repeated"), Set.copyOf(ids.subList(2, ids.size() - 1)));
    assertEquals(14, ids.size(), ids::toString);
    assertTrue(last().text().endsWith("it was down for 1 h, with 120 failed attempts"));
  }

  @Test
  void outage_withOtherCauses_tellsEachAtOnce() {
    connect();
    disconnect(lost());
    disconnect(failure(StreamErrorCode.CONNECTION_REFUSED, "Refused."));
    disconnect(lost());
    disconnect(failure(StreamErrorCode.CONNECT_TIMEOUT, "Too slow."));
    disconnect(failure(StreamErrorCode.CONNECTION_REFUSED, "Refused."));
    assertEquals(
        List.of("connected", "connection_lost", "connect_failed", "connect_failed"), ids());
  }

  @Test
  void flapping_isSummedUp_withTheStateItIsIn() {
    connect();
    for (int i = 0; i < 6; i++) {
      disconnect(lost());
      connect();
      time.advance(Duration.ofSeconds(10));
    }
    assertEquals(List.of("connected", "connection_lost", "connected"), ids());

    time.advance(Repetitions.PERIOD);
    assertEquals("disconnects_repeated", last().fields().get("nhub.event"));
    assertEquals(5, last().fields().get("nhub.count"));
    assertEquals(true, last().fields().get("nhub.connected"));
    assertTrue(last().text().endsWith("It is connected now"), last()::text);
  }

  @Test
  void connection_thatComesBackAfterASumSaidItWasDown_isTold() {
    connect();
    disconnect(lost());
    connect();
    disconnect(lost());
    time.advance(Repetitions.PERIOD);
    assertTrue(last().text().endsWith("It is not connected now"), last()::text);

    connect();
    assertEquals("connected", last().fields().get("nhub.event"));
  }

  @Test
  void quietTime_afterARepetition_writesNothingMore() {
    connect();
    disconnect(lost());
    disconnect(lost());
    time.advance(Repetitions.PERIOD);
    connect();
    int before = ids().size();
    time.advance(Duration.ofHours(10));
    assertEquals(before, ids().size());
    assertEquals(0, time.waiting(), "timers");
  }

  @Test
  void attempt_thatFollowsAtOnce_isSaidToDoSo() {
    connect();
    tell(new SubscriptionEvent.Disconnected(now(), lost(), Duration.ofNanos(1)));
    assertTrue(last().text().endsWith("Next attempt at once"), last()::text);
  }

  @Test
  void handlers_thatFailAThousandTimes_areALineAndASum() {
    for (int i = 0; i < 1_000; i++) {
      handlerFails(new IOException("no database"));
    }
    time.advance(Repetitions.PERIOD);
    assertEquals(List.of("handler_failed", "handler_failures_repeated"), ids());
    assertEquals(999, last().fields().get("nhub.count"));
  }

  @Test
  void handlers_thatFailForAnotherReason_areToldAtOnce() {
    handlerFails(new IOException("no database"));
    handlerFails(new IOException("still none"));
    handlerFails(new IllegalStateException("a bug"));
    assertEquals(List.of("handler_failed", "handler_failed"), ids());
  }

  @Test
  void handlers_thatFailInAnOutage_areSummedUpUntilItsEnd() {
    Instant since = now();
    tell(new SubscriptionEvent.HandlerOutageBegan(since, new IOException("no database"), 3));
    handlerFails(new IOException("no database"));
    time.advance(Repetitions.PERIOD);
    handlerFails(new IOException("no database"));
    tell(new SubscriptionEvent.HandlerOutageEnded(now(), since));
    time.advance(Repetitions.PERIOD);
    assertEquals(
        List.of("handler_outage_began", "handler_failures_repeated", "handler_outage_ended"),
        ids());
  }

  @Test
  void messages_thatAreHandedOver_areALineAndASum() {
    for (int i = 0; i < 10; i++) {
      messageFails(new IOException("bad"), new LastResort.HandOver(failure -> {}));
    }
    time.advance(Repetitions.PERIOD);
    assertEquals(List.of("message_handed_over", "messages_handed_over"), ids());
    assertEquals(9, last().fields().get("nhub.count"));
  }

  @Test
  void messages_thatAreDiscarded_haveALineEach() {
    for (int i = 0; i < 10; i++) {
      messageFails(new IOException("bad"), LastResort.SKIP);
    }
    assertEquals(10, ids().size());
  }

  @Test
  void end_tellsWhatWasOnlyCounted_andStopsTheTimer() {
    handlerFails(new IOException("no database"));
    handlerFails(new IOException("no database"));
    tell(new Closed(now(), null));
    assertEquals(List.of("handler_failed", "handler_failures_repeated", "closed"), ids());
    assertEquals(0, time.waiting(), "timers");
  }

  @Test
  void afterTheEnd_onlyAMessageThatIsDiscardedIsTold() {
    tell(new Closed(now(), null));
    connect();
    handlerFails(new IOException("late"));
    messageFails(new IOException("late"), LastResort.SKIP);
    assertEquals(List.of("closed", "message_discarded"), ids());
  }
}
