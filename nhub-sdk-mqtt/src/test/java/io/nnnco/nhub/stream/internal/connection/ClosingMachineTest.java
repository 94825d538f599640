package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.HandlerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Abort;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Disconnect;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Drain;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Finish;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.CloseRequested;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Drained;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.GiveUp;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a subscription ends by its own will. */
class ClosingMachineTest extends MachineFixture {
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

    on(new TimerFired(Timer.RETRY, 1, ConnectionPhase.PREPARE));
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
    on(new TimerFired(Timer.DISCONNECT_DEADLINE, 1, ConnectionPhase.STREAM));

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
    HandlerException cause =
        new HandlerException(
            StreamErrorCode.HANDLER_FAILED, ConnectionPhase.STREAM, "Failed.", null);
    on(new Start());
    subscribe(1, false);
    on(new GiveUp(cause));

    assertTrue(effect(Abort.class).isPresent());
    assertEquals(new Finish(cause), effect(Finish.class).orElseThrow());
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
}
