package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.ConnectTimeoutException;
import io.nnnco.nhub.stream.ConnectionLostException;
import io.nnnco.nhub.stream.HandlerFailedException;
import io.nnnco.nhub.stream.NotAuthorizedException;
import io.nnnco.nhub.stream.Phase;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.ServerNotTrustedException;
import io.nnnco.nhub.stream.SessionTakenOverException;
import io.nnnco.nhub.stream.StreamEvent;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.AdoptCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Disconnect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Drain;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.DropCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Emit;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Finish;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Open;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.OpenBeside;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.SetTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.CloseRequested;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Drained;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.GiveUp;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionMachineTest {
  private static final Instant NOW = Instant.parse("2026-03-17T10:00:00Z");

  private final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme")
          .reconnectPolicy(new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8)));
  private double random = 1.0;
  private Instant now = NOW;
  private ConnectionMachine machine = machine();
  private List<ConnectionEffect> effects = List.of();

  private ConnectionMachine machine() {
    return new ConnectionMachine(options.build(), () -> random);
  }

  private void on(ConnectionEvent event) {
    effects = machine.on(event, now);
  }

  private <T extends ConnectionEffect> Optional<T> effect(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private <T extends StreamEvent> Optional<T> event(Class<T> type) {
    return effects.stream()
        .filter(Emit.class::isInstance)
        .map(effect -> ((Emit) effect).event())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  private Optional<Duration> timer(Timer timer) {
    return effects.stream()
        .filter(SetTimer.class::isInstance)
        .map(SetTimer.class::cast)
        .filter(set -> set.timer() == timer)
        .map(SetTimer::after)
        .findFirst();
  }

  private void subscribe(int epoch, boolean sessionPresent) {
    on(new Connected(epoch, sessionPresent));
    on(new Subscribed(epoch));
  }

  private static NHubException lost() {
    return new ConnectionLostException(Phase.STREAM, "Reset.", null);
  }

  private static NHubException refused() {
    return new NotAuthorizedException(Phase.CONNECT, "Refused.", null);
  }

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
    assertEquals(new StreamEvent.Subscribed(NOW, false), event(StreamEvent.Subscribed.class).get());
    assertTrue(event(StreamEvent.SessionLost.class).isEmpty(), "there was no session to lose");
  }

  @Test
  void lost_whileSubscribed_waitsAndConnectsAgainWithTheSession() {
    on(new Start());
    subscribe(1, false);
    on(new Closed(1, lost()));

    assertEquals(SubscriptionState.WAITING, machine.state());
    assertEquals(Duration.ofSeconds(1), timer(Timer.RETRY).orElseThrow());

    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));

    assertEquals(new Open(2, false), effect(Open.class).orElseThrow());
  }

  @Test
  void firstAttempt_fails_isRetriedLikeAnyOther() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));

    assertEquals(new Open(2, true), effect(Open.class).orElseThrow(), "no session to keep yet");
  }

  @Test
  void failures_inARow_doubleTheWaitUpToItsBound() {
    on(new Start());
    for (int epoch = 1; epoch <= 6; epoch++) {
      on(new Closed(epoch, lost()));
      long expected = Math.min(8, 1L << (epoch - 1));
      assertEquals(Duration.ofSeconds(expected), timer(Timer.RETRY).orElseThrow());
      on(new TimerFired(Timer.RETRY, epoch, Phase.PREPARE));
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
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
    subscribe(2, false);
    assertEquals(Duration.ofMinutes(1), timer(Timer.STABLE).orElseThrow());
    on(new TimerFired(Timer.STABLE, 2, Phase.STREAM));
    on(new Closed(2, lost()));

    assertEquals(Duration.ofSeconds(1), timer(Timer.RETRY).orElseThrow());
  }

  @Test
  void shortConnection_doesNotForgetEarlierFailures() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
    subscribe(2, false);
    on(new Closed(2, lost()));

    assertEquals(Duration.ofSeconds(2), timer(Timer.RETRY).orElseThrow());
  }

  private String causeAfterShortLives(int count) {
    on(new Start());
    for (int epoch = 1; epoch <= count; epoch++) {
      subscribe(epoch, true);
      on(new Closed(epoch, lost()));
      if (epoch < count) {
        on(new TimerFired(Timer.RETRY, epoch, Phase.PREPARE));
      }
    }
    return String.valueOf(event(StreamEvent.Disconnected.class).orElseThrow().cause().getMessage());
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
    assertInstanceOf(NotAuthorizedException.class, effect(Finish.class).orElseThrow().cause());
    assertTrue(effect(Open.class).isEmpty());
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
    assertEquals(List.of(), effects);
  }

  @Test
  void untrustedServer_isTerminalOnlyIfItNeverWorked() {
    NHubException untrusted = new ServerNotTrustedException(Phase.TLS, "Untrusted.", null);
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
    on(new TimerFired(Timer.CONNECT_DEADLINE, 1, Phase.CONNECT));

    assertTrue(effect(Abort.class).isPresent());
    StreamEvent.Disconnected event = event(StreamEvent.Disconnected.class).orElseThrow();
    assertEquals(
        Phase.CONNECT, assertInstanceOf(ConnectTimeoutException.class, event.cause()).phase());
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void closedByOurAbort_isNotAFailureOfItsOwn() {
    on(new Start());
    on(new TimerFired(Timer.CONNECT_DEADLINE, 1, Phase.TLS));
    on(new Closed(1, null));

    assertEquals(List.of(), effects);
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void oldEpoch_isIgnored() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
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
    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
    now = NOW.plusSeconds(160);
    subscribe(2, false);

    assertEquals(
        new StreamEvent.SessionLost(now, NOW.plusSeconds(100), now),
        event(StreamEvent.SessionLost.class).orElseThrow());

    on(new Closed(2, lost()));
    on(new TimerFired(Timer.RETRY, 2, Phase.PREPARE));
    subscribe(3, true);
    assertTrue(event(StreamEvent.SessionLost.class).isEmpty(), "this time it was kept");
  }

  @Test
  void close_whileSubscribed_drainsThenDisconnectsAndForgetsTheSession() {
    on(new Start());
    subscribe(1, false);
    on(new CloseRequested(false));
    assertEquals(SubscriptionState.DRAINING, machine.state());
    assertTrue(effect(Drain.class).isPresent());
    assertTrue(effect(Disconnect.class).isEmpty(), "acknowledgements still have to leave");

    on(new Drained());
    assertEquals(new Disconnect(1, true), effect(Disconnect.class).orElseThrow());

    on(new Closed(1, null));
    assertEquals(new Finish(null), effect(Finish.class).orElseThrow());
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void close_durable_keepsTheSession() {
    options.durable("plant-7", Duration.ofDays(1));
    machine = machine();
    on(new Start());
    subscribe(1, true);
    on(new CloseRequested(false));
    on(new Drained());

    assertEquals(new Disconnect(1, false), effect(Disconnect.class).orElseThrow());
  }

  @Test
  void close_whileConnecting_abortsAndFinishesWhenDrained() {
    on(new Start());
    on(new CloseRequested(false));
    assertTrue(effect(Abort.class).isPresent());
    on(new Closed(1, null));
    on(new Drained());

    assertTrue(effect(Finish.class).isPresent());
  }

  @Test
  void close_whileWaiting_neverConnectsAgain() {
    on(new Start());
    on(new Closed(1, lost()));
    on(new CloseRequested(false));
    on(new Drained());
    assertTrue(effect(Finish.class).isPresent());

    on(new TimerFired(Timer.RETRY, 1, Phase.PREPARE));
    assertEquals(List.of(), effects);
  }

  @Test
  void close_connectionLostWhileDraining_finishesWhenDrained() {
    on(new Start());
    subscribe(1, false);
    on(new CloseRequested(false));
    on(new Closed(1, lost()));
    assertTrue(effect(Finish.class).isEmpty(), "handlers are still at work");
    on(new Drained());
    assertTrue(effect(Finish.class).isPresent());
  }

  @Test
  void close_serverDoesNotHangUp_endsAtItsDeadline() {
    on(new Start());
    subscribe(1, false);
    on(new CloseRequested(false));
    on(new Drained());
    on(new TimerFired(Timer.DISCONNECT_DEADLINE, 1, Phase.STREAM));

    assertTrue(effect(Abort.class).isPresent());
    assertTrue(effect(Finish.class).isPresent());
  }

  @Test
  void close_twice_doesNothingMore() {
    on(new Start());
    subscribe(1, false);
    on(new CloseRequested(false));
    on(new CloseRequested(false));

    assertEquals(List.of(), effects);
  }

  @Test
  void giveUp_abortsAndEndsWithItsCause() {
    HandlerFailedException cause = new HandlerFailedException(Phase.STREAM, "Failed.", null);
    on(new Start());
    subscribe(1, false);
    on(new GiveUp(cause));

    assertTrue(effect(Abort.class).isPresent());
    assertEquals(new Finish(cause), effect(Finish.class).orElseThrow());
  }

  @Test
  void newCredentials_whileSubscribed_connectBesideAndReplaceWhenAccepted() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials());
    assertEquals(new OpenBeside(2), effect(OpenBeside.class).orElseThrow());
    assertTrue(effect(Abort.class).isEmpty(), "the old connection goes on");

    subscribe(2, true);
    assertEquals(new Abort(1), effect(Abort.class).orElseThrow());
    assertTrue(effect(AdoptCredentials.class).isPresent());
    assertTrue(event(StreamEvent.CredentialsReplaced.class).isPresent());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    on(new Closed(1, takenOver()));
    assertEquals(List.of(), effects, "that was our own doing");
  }

  @Test
  void newCredentials_takeOverHeardFirst_isNotATakeoverWar() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials());
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.CONNECTING, machine.state());
    subscribe(2, true);
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    assertTrue(event(StreamEvent.CredentialsReplaced.class).isPresent());
    assertTrue(event(StreamEvent.SessionLost.class).isEmpty());
  }

  @Test
  void newCredentials_refused_leaveTheOldConnection() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials());
    on(new Closed(2, refused()));

    assertTrue(effect(DropCredentials.class).isPresent());
    assertTrue(event(StreamEvent.CredentialsRefused.class).isPresent());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
  }

  @Test
  void newCredentials_tooSlow_leaveTheOldConnection() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials());
    on(new TimerFired(Timer.CONNECT_DEADLINE, 2, Phase.TLS));

    assertEquals(new Abort(2), effect(Abort.class).orElseThrow());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
  }

  @Test
  void newCredentials_refusedAfterTheTakeOver_connectAgainWithTheOld() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials());
    on(new Connected(2, true));
    on(new Closed(2, lost()));
    assertEquals(SubscriptionState.WAITING, machine.state());
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void refused_whileAwaitingCredentials_waitsAndIsRevivedByNewOnes() {
    options.awaitCredentials();
    machine = machine();
    on(new Start());
    on(new Closed(1, refused()));
    assertEquals(SubscriptionState.REFUSED, machine.state());
    assertTrue(effect(SetTimer.class).isEmpty(), "not hammered");

    on(new NewCredentials());
    assertTrue(effect(AdoptCredentials.class).isPresent());
    assertEquals(new Open(2, true), effect(Open.class).orElseThrow());
  }

  @Test
  void forget_durable_endsTheSession() {
    options.durable("plant-7", Duration.ofDays(1));
    machine = machine();
    on(new Start());
    subscribe(1, true);
    on(new CloseRequested(true));
    on(new Drained());

    assertEquals(new Disconnect(1, true), effect(Disconnect.class).orElseThrow());
  }

  private static NHubException takenOver() {
    return new SessionTakenOverException(Phase.STREAM, "Taken over.", null);
  }
}
