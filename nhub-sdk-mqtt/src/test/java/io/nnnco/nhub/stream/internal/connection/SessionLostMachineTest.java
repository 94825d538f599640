package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent.SessionLost;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From when to when a subscription says that messages may be lost. */
class SessionLostMachineTest extends MachineFixture {
  private void retry(int connectionId) {
    on(new TimerFired(Timer.RETRY, connectionId, ConnectionPhase.PREPARE));
  }

  private SessionLost lostSession() {
    return event(SessionLost.class).orElseThrow();
  }

  private void at(long second) {
    now = NOW.plusSeconds(second);
  }

  private static Instant second(long second) {
    return NOW.plusSeconds(second);
  }

  @Test
  void sessionGone_isToldFromTheLastContact_notFromWhenThatWasNoticed() {
    on(new Start());
    subscribe(1, false);
    at(100);
    lastContact = second(80);
    on(new Closed(1, lost()));
    lastContact = second(100);
    retry(1);
    at(160);
    subscribe(2, false);

    assertEquals(new SessionLost(now, second(80), now), lostSession());
  }

  @Test
  void sessionGone_isToldFromTheFirstFailureOfAnOutage() {
    on(new Start());
    subscribe(1, false);
    lastContact = second(80);
    at(100);
    on(new Closed(1, lost()));
    lastContact = null;
    retry(1);
    at(130);
    on(new Closed(2, lost()));
    retry(2);
    at(160);
    subscribe(3, false);

    assertEquals(second(80), lostSession().from());
  }

  @Test
  void sessionGone_isToldFromItsBeginning_whereTheLastMessageIsOlder() {
    on(new Start());
    at(10);
    subscribe(1, false);
    at(100);
    lastContact = second(-3_600);
    on(new Closed(1, lost()));
    retry(1);
    subscribe(2, false);

    assertEquals(second(10), lostSession().from());
  }

  @Test
  void sessionGone_thatWasThereBefore_mayHaveHadOlderMessages() {
    options.durable("app", Duration.ofDays(1));
    machine = machine();
    on(new Start());
    subscribe(1, true);
    at(100);
    lastContact = second(-3_600);
    on(new Closed(1, lost()));
    retry(1);
    subscribe(2, false);

    assertEquals(second(-3_600), lostSession().from());
  }

  /** The attempt in between has left a session that asks for nothing. */
  @Test
  void sessionGone_whenAnAttemptBrokeBeforeItSubscribed_isTold() {
    on(new Start());
    subscribe(1, false);
    on(new Closed(1, lost()));
    retry(1);
    on(new Connected(2, false));
    on(
        new Closed(
            2,
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.SUBSCRIBE, "Reset.", null)));
    retry(2);
    subscribe(3, true);

    assertEquals(NOW, lostSession().from());
  }

  @Test
  void sessionGone_whenCredentialsAreReplaced_isToldFromTheLastContactOfTheOldConnection() {
    on(new Start());
    subscribe(1, false);
    at(100);
    on(new NewCredentials(ConnectionPhase.STREAM));
    lastContact = second(85);
    subscribe(2, false);

    assertEquals(new SessionLost(now, second(85), now), lostSession());
    at(200);
    lastContact = null;
    on(new Closed(2, lost()));
    retry(2);
    subscribe(3, true);
    assertTrue(event(SessionLost.class).isEmpty(), "it is told once");
  }

  @Test
  void sessionGone_whenASecondConnectionBrokeBeforeItSubscribed_isTold() {
    on(new Start());
    subscribe(1, false);
    at(100);
    on(new NewCredentials(ConnectionPhase.STREAM));
    on(new Connected(2, false));
    lastContact = second(85);
    on(
        new Closed(
            2,
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.SUBSCRIBE, "Reset.", null)));
    retry(1);
    subscribe(3, true);

    assertEquals(second(85), lostSession().from());
  }
}
