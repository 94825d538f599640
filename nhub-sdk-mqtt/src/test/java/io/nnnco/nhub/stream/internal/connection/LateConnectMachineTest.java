package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A CONNECT of our own that was given up may arrive late, and take the session over. */
class LateConnectMachineTest extends MachineFixture {
  private void giveUpFirst(ConnectionPhase reached) {
    on(new Start());
    on(new TimerFired(Timer.CONNECT_DEADLINE, 1, reached));
    on(new Closed(1, null));
    retry(1);
    subscribe(2, false);
  }

  private void retry(int connectionId) {
    on(new TimerFired(Timer.RETRY, connectionId, ConnectionPhase.PREPARE));
  }

  @ParameterizedTest
  @EnumSource(
      value = ConnectionPhase.class,
      names = {"CONNECT", "SUBSCRIBE"})
  void takenOver_afterAnAttemptWasGivenUpInOrAfterConnect_isRetriedAndSaysWhy(
      ConnectionPhase reached) {
    giveUpFirst(reached);
    on(new Closed(2, takenOver()));

    assertEquals(SubscriptionState.WAITING, machine.state());
    NHubException cause = event(SubscriptionEvent.Disconnected.class).orElseThrow().cause();
    Coded.assertInstanceOf(ConnectionException.class, StreamErrorCode.CONNECTION_LOST, cause);
    assertInstanceOf(SessionTakenOverException.class, cause.getCause());
    assertTrue(String.valueOf(cause.getMessage()).contains("earlier attempt"), cause::getMessage);
    retry(2);
    subscribe(3, true);
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
  }

  @ParameterizedTest
  @EnumSource(
      value = ConnectionPhase.class,
      names = {"PREPARE", "DNS", "TCP", "PROXY", "TLS"})
  void takenOver_afterAnAttemptThatSentNoConnect_isAnotherClient(ConnectionPhase reached) {
    giveUpFirst(reached);
    on(new Closed(2, takenOver()));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void takenOver_again_isAnotherClient() {
    giveUpFirst(ConnectionPhase.CONNECT);
    on(new Closed(2, takenOver()));
    retry(2);
    subscribe(3, true);
    on(new Closed(3, takenOver()));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void takenOver_onceForEachAttemptGivenUp_isRetried() {
    on(new Start());
    for (int connectionId = 1; connectionId <= 2; connectionId++) {
      on(new TimerFired(Timer.CONNECT_DEADLINE, connectionId, ConnectionPhase.CONNECT));
      retry(connectionId);
    }
    for (int connectionId = 3; connectionId <= 4; connectionId++) {
      subscribe(connectionId, true);
      on(new Closed(connectionId, takenOver()));
      assertEquals(SubscriptionState.WAITING, machine.state());
      retry(connectionId);
    }
  }

  @Test
  void takenOver_longAfterAnAttemptWasGivenUp_isAnotherClient() {
    giveUpFirst(ConnectionPhase.CONNECT);
    now = NOW.plus(Duration.ofMinutes(2)).plusMillis(1);
    on(new Closed(2, takenOver()));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void takenOver_afterAConnectionBrokeInConnect_isRetried() {
    on(new Start());
    on(
        new Closed(
            1,
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT, "Reset.", null)));
    retry(1);
    subscribe(2, false);
    on(new Closed(2, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void takenOver_afterAnAnswerToConnect_isAnotherClient() {
    on(new Start());
    on(
        new Closed(
            1,
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.SUBSCRIBE, "Reset.", null)));
    retry(1);
    subscribe(2, true);
    on(new Closed(2, takenOver()));
    assertEquals(SubscriptionState.CLOSED, machine.state());
  }

  @Test
  void takenOver_afterNewCredentialsSupersededAnAttempt_isRetried() {
    on(new Start());
    on(new NewCredentials(ConnectionPhase.CONNECT));
    subscribe(2, false);
    on(new Closed(2, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void takenOver_afterASecondConnectionWasTooSlow_isRetried() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.STREAM));
    on(new TimerFired(Timer.CONNECT_DEADLINE, 2, ConnectionPhase.CONNECT));
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void takenOver_afterASecondConnectionBrokeInConnect_isRetried() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.STREAM));
    on(
        new Closed(
            2,
            new ConnectionException(
                StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT, "Reset.", null)));
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void takenOver_afterNewCredentialsSupersededASecondConnection_isRetried() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.STREAM));
    on(new NewCredentials(ConnectionPhase.CONNECT));
    subscribe(3, true);
    on(new Closed(3, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }
}
