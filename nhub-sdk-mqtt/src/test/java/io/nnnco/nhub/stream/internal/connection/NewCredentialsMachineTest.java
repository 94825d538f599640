package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.AdoptCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.DropCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Open;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.OpenBeside;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.SetTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a subscription goes over to other credentials. */
class NewCredentialsMachineTest extends MachineFixture {
  @Test
  void newCredentials_whileSubscribed_connectBesideAndReplaceWhenAccepted() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    assertEquals(new OpenBeside(2), effect(OpenBeside.class).orElseThrow());
    assertTrue(effect(Abort.class).isEmpty(), "the old connection goes on");

    subscribe(2, true);
    assertEquals(new Abort(1), effect(Abort.class).orElseThrow());
    assertTrue(effect(AdoptCredentials.class).isPresent());
    assertTrue(event(SubscriptionEvent.CredentialsReplaced.class).isPresent());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    on(new Closed(1, takenOver()));
    assertEquals(List.of(), effects, "that was our own doing");
  }

  @Test
  void newCredentials_takeOverHeardFirst_isNotATakeoverWar() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.CONNECTING, machine.state());
    subscribe(2, true);
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
    assertTrue(effect(AdoptCredentials.class).isPresent());
    assertTrue(event(SubscriptionEvent.CredentialsReplaced.class).isPresent());
    assertTrue(event(SubscriptionEvent.SessionLost.class).isEmpty());
  }

  @Test
  void newCredentials_refused_leaveTheOldConnection() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new Closed(2, refused()));

    assertTrue(effect(DropCredentials.class).isPresent());
    assertTrue(event(SubscriptionEvent.CredentialsRefused.class).isPresent());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
  }

  @Test
  void newCredentials_tooSlow_leaveTheOldConnection() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new TimerFired(Timer.CONNECT_DEADLINE, 2, ConnectionPhase.TLS));

    assertEquals(new Abort(2), effect(Abort.class).orElseThrow());
    assertEquals(SubscriptionState.SUBSCRIBED, machine.state());
  }

  @Test
  void newCredentials_refusedAfterTheTakeOver_connectAgainWithTheOld() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new Connected(2, true));
    on(new Closed(2, lost()));
    assertEquals(SubscriptionState.WAITING, machine.state());
    on(new Closed(1, takenOver()));
    assertEquals(SubscriptionState.WAITING, machine.state());
  }

  @Test
  void newCredentials_refusedAfterTheOldConnectionBroke_connectAgainWithTheOld() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new Closed(1, lost()));
    assertTrue(effect(AdoptCredentials.class).isEmpty(), "nobody has accepted them yet");
    on(new Closed(2, refused()));

    assertEquals(SubscriptionState.WAITING, machine.state());
    assertTrue(effect(DropCredentials.class).isPresent());
    assertTrue(event(SubscriptionEvent.CredentialsRefused.class).isPresent());
  }

  @Test
  void newCredentials_tooSlowAfterTheOldConnectionBroke_connectAgainWithTheOld() {
    on(new Start());
    subscribe(1, false);
    on(new NewCredentials(ConnectionPhase.PREPARE));
    on(new Closed(1, lost()));
    on(new TimerFired(Timer.CONNECT_DEADLINE, 2, ConnectionPhase.TLS));

    assertEquals(new Abort(2), effect(Abort.class).orElseThrow());
    assertEquals(SubscriptionState.WAITING, machine.state());
    assertTrue(effect(DropCredentials.class).isPresent());
  }

  @Test
  void refused_whileAwaitingCredentials_waitsAndIsRevivedByNewOnes() {
    options.awaitCredentials();
    machine = machine();
    on(new Start());
    on(new Closed(1, refused()));
    assertEquals(SubscriptionState.REFUSED, machine.state());
    assertTrue(effect(SetTimer.class).isEmpty(), "not hammered");

    on(new NewCredentials(ConnectionPhase.PREPARE));
    assertTrue(effect(AdoptCredentials.class).isPresent());
    assertEquals(new Open(2, true), effect(Open.class).orElseThrow());
  }
}
