package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ClientCertificateRejectedException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Finish;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Open;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections are made, fail, and are made again. */
class ConnectionMachineTest extends MachineFixture {
  @Test
  void start_opensWithACleanSessionAndADeadline() {
    on(new Start());

    assertEquals(new Open(1, true), effect(Open.class).orElseThrow());
    assertEquals(Duration.ofSeconds(30), timer(Timer.CONNECT_DEADLINE).orElseThrow());
    assertEquals(SubscriptionState.CONNECTING, machine.state());
  }

  @Test
  void start_durable_asksForTheEarlierSession() {
    options.durable("plant-7", Duration.ofDays(1));
    machine = machine();

    on(new Start());

    assertEquals(new Open(1, false), effect(Open.class).orElseThrow());
  }

  @Test
  void subscribed_afterConnect_isReported() {
    on(new Start());
    subscribe(1, false);

    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    assertEquals(
        new SubscriptionEvent.Subscribed(NOW, false),
        event(SubscriptionEvent.Subscribed.class).get());
    assertTrue(
        event(SubscriptionEvent.SessionLost.class).isEmpty(), "there was no session to lose");
  }

  @Test
  void lost_whileSubscribed_waitsAndConnectsAgainWithTheSession() {
    on(new Start());
    subscribe(1, false);
    on(new Closed(1, lost()));

    assertEquals(SubscriptionState.WAITING, machine.state());
    assertEquals(Duration.ofSeconds(1), timer(Timer.RETRY).orElseThrow());

    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));

    assertEquals(new Open(2, false), effect(Open.class).orElseThrow());
  }

  @Test
  void firstAttempt_fails_isRetriedLikeAnyOther() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));

    assertEquals(new Open(2, true), effect(Open.class).orElseThrow(), "no session to keep yet");
  }

  @Test
  void failures_inARow_doubleTheWaitUpToItsBound() {
    on(new Start());
    for (int connectionId = 1; connectionId <= 6; connectionId++) {
      on(new Closed(connectionId, lost()));
      long expected = Math.min(8, 1L << (connectionId - 1));
      assertEquals(Duration.ofSeconds(expected), timer(Timer.RETRY).orElseThrow());
      on(new TimerFired(Timer.RETRY, connectionId, ConnectionPhase.PREPARE));
    }
  }

  @Test
  void wait_isSpreadOverItsWholeBound() {
    random = 0.25;
    on(new Start());
    on(new Closed(1, lost()));

    assertEquals(Duration.ofMillis(250), timer(Timer.RETRY).orElseThrow());
  }

  @Test
  void stableMinute_forgetsEarlierFailures() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    subscribe(2, false);
    assertEquals(Duration.ofMinutes(1), timer(Timer.STABLE).orElseThrow());
    on(new TimerFired(Timer.STABLE, 2, ConnectionPhase.STREAM));
    on(new Closed(2, lost()));

    assertEquals(Duration.ofSeconds(1), timer(Timer.RETRY).orElseThrow());
  }

  @Test
  void shortConnection_doesNotForgetEarlierFailures() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    subscribe(2, false);
    on(new Closed(2, lost()));

    assertEquals(Duration.ofSeconds(2), timer(Timer.RETRY).orElseThrow());
  }

  private String causeAfterShortLives(int count) {
    on(new Start());
    for (int connectionId = 1; connectionId <= count; connectionId++) {
      subscribe(connectionId, true);
      on(new Closed(connectionId, lost()));
      if (connectionId < count) {
        on(new TimerFired(Timer.RETRY, connectionId, ConnectionPhase.PREPARE));
      }
    }
    return String.valueOf(
        event(SubscriptionEvent.Disconnected.class).orElseThrow().cause().getMessage());
  }

  @Test
  void durableConnectionsThatBreakSoon_again_andAgain_pointToAnotherClientOfTheName() {
    options.durable("app", Duration.ofHours(1));
    machine = machine();
    String hint = "another client may be using the durable name app";
    assertFalse(causeAfterShortLives(3).contains(hint));
    machine = machine();
    assertTrue(causeAfterShortLives(4).contains(hint));
    assertEquals(SubscriptionState.WAITING, machine.state(), "it is no more than a suspicion");
  }

  @Test
  void connectionsThatBreakSoon_underANameOfTheirOwn_pointToNobody() {
    assertFalse(causeAfterShortLives(6).contains("another client"));
  }

  @Test
  void terminalFailure_endsWithoutAnotherAttempt() {
    on(new Start());
    on(new Closed(1, refused()));

    assertEquals(SubscriptionState.CLOSED, machine.state());
    Coded.assertInstanceOf(
        AuthenticationException.class,
        StreamErrorCode.NOT_AUTHORIZED,
        effect(Finish.class).orElseThrow().cause());
    assertTrue(effect(Open.class).isEmpty());
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    assertEquals(List.of(), effects);
  }

  /** Whoever has not proved to be the bridge is asked again, and seldom. */
  @Test
  void alertInTheClear_afterItHasStood_waitsAtTheSlowEnd() {
    NHubException clear =
        new ClientCertificateRejectedException(ConnectionPhase.TLS, "bad_certificate", "No.", null);
    on(new Start());
    subscribe(1, false);
    random = 0;
    on(new Closed(1, clear));
    assertEquals(SubscriptionState.WAITING, machine.state());
    assertEquals(Duration.ofSeconds(4), timer(Timer.RETRY).orElseThrow());
    random = 1;
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    on(new Closed(2, clear));
    assertEquals(Duration.ofSeconds(8), timer(Timer.RETRY).orElseThrow());
  }

  @Test
  void alertAfterTheHandshake_isTheBridges_andEndsIt() {
    on(new Start());
    subscribe(1, false);
    on(
        new Closed(
            1,
            new ClientCertificateRejectedException(
                ConnectionPhase.CONNECT, "certificate_revoked", "No.", null)));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void untrustedServer_isTerminalOnlyIfItNeverWorked() {
    NHubException untrusted =
        new TlsException(
            StreamErrorCode.SERVER_NOT_TRUSTED, ConnectionPhase.TLS, "Untrusted.", null);
    on(new Start());
    subscribe(1, false);
    on(new Closed(1, untrusted));
    assertEquals(SubscriptionState.WAITING, machine.state());

    machine = machine();
    on(new Start());
    on(new Closed(1, untrusted));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void connectDeadline_abortsAndNamesThePhase() {
    on(new Start());
    on(new TimerFired(Timer.CONNECT_DEADLINE, 1, ConnectionPhase.CONNECT));

    assertTrue(effect(Abort.class).isPresent());
    SubscriptionEvent.Disconnected event =
        event(SubscriptionEvent.Disconnected.class).orElseThrow();
    assertEquals(
        ConnectionPhase.CONNECT,
        Coded.assertInstanceOf(
                ConnectionException.class, StreamErrorCode.CONNECT_TIMEOUT, event.cause())
            .phase());
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void closedByOurAbort_isNotAFailureOfItsOwn() {
    on(new Start());
    on(new TimerFired(Timer.CONNECT_DEADLINE, 1, ConnectionPhase.TLS));
    on(new Closed(1, null));

    assertEquals(List.of(), effects);
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void oldConnection_isIgnored() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    on(new Closed(1, lost()));
    assertEquals(List.of(), effects);
    on(new Subscribed(1));
    assertEquals(SubscriptionState.CONNECTING, machine.state());
  }

  @Test
  void sessionGone_afterAnOutage_isReportedOnceWithItsWindow() {
    on(new Start());
    subscribe(1, false);
    now = NOW.plusSeconds(100);
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    now = NOW.plusSeconds(160);
    subscribe(2, false);

    assertEquals(
        new SubscriptionEvent.SessionLost(now, NOW.plusSeconds(100), now),
        event(SubscriptionEvent.SessionLost.class).orElseThrow());

    on(new Closed(2, lost()));
    on(new TimerFired(Timer.RETRY, 2, ConnectionPhase.PREPARE));
    subscribe(3, true);
    assertTrue(event(SubscriptionEvent.SessionLost.class).isEmpty(), "this time it was kept");
  }

  @Test
  void connecting_countsTheAttemptsSinceTheLastSuccess() {
    on(new Start());
    assertEquals(1, attempt());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
    assertEquals(2, attempt());
    subscribe(2, false);
    on(new Closed(2, lost()));
    on(new TimerFired(Timer.RETRY, 2, ConnectionPhase.PREPARE));
    assertEquals(1, attempt());
  }

  private int attempt() {
    return event(SubscriptionEvent.Connecting.class).orElseThrow().attempt();
  }
}
