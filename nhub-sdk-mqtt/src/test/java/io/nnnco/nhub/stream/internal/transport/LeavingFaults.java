package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What leaves last, and what does not leave because a thread or a listener fails. */
abstract class LeavingFaults extends FaultsFixture {
  private final Engine engine;
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger writing = new AtomicInteger();
  private volatile boolean stuck;

  LeavingFaults(Engine engine) {
    super(engine);
    this.engine = engine;
  }

  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return engine.create(request, hears, pings, this::hire);
  }

  private void hire(Runnable writer) {
    if (refusals.getAndDecrement() > 0) {
      throw new RejectedExecutionException("no thread to be had");
    }
    if (!stuck) {
      writing.incrementAndGet();
      Engine.WRITERS.execute(
          () -> {
            try {
              writer.run();
            } finally {
              writing.decrementAndGet();
            }
          });
    }
  }

  /** Which packet comes next, is not known before. */
  @Test
  void disconnect_thenAHandlerFinishes_noPubackFollows() {
    Peer peer = subscribe(request());
    publish(peer, 1, 2);
    listener.takeMessages(2);
    assertTrue(transport().acknowledge(1));
    transport().disconnect(false);
    assertEquals(1, peer.expect(Wire.PUBACK).packetId());
    peer.expect(Wire.DISCONNECT);
    assertFalse(transport().acknowledge(2, false), "too late");
    transport().flush(false);
    assertEquals(List.of(), peer.readToEnd(), "MQTT-3.14.4-2: no packet after a DISCONNECT");
  }

  @Test
  void disconnect_thatTheServerReads_isAFarewell() {
    Peer peer = subscribe(request());
    transport().disconnect(false);
    peer.expect(Wire.DISCONNECT);
    peer.sendAndHangUp(new byte[0], 1);
    listener.awaitClosed();
    assertTrue(listener.heardFarewell());
  }

  /** The server hangs up by itself, and the acknowledgements are still here. */
  @RepeatedTest(20)
  void disconnect_thatIsNotWritten_isNoFarewell() {
    Peer peer = subscribe(request());
    eventually(() -> writing.get() == 0, () -> "A writer has nothing to do, and stays");
    stuck = true;
    transport().disconnect(false);
    peer.sendAndHangUp(new byte[0], 1);
    listener.awaitClosed();
    assertFalse(listener.heardFarewell());
  }

  @RepeatedTest(20)
  void disconnect_asTheServerHangsUp_leavesNoThread() {
    Peer peer = subscribe(request());
    transport().disconnect(false);
    peer.sendAndHangUp(new byte[0], 1);
    listener.awaitClosed();
    awaitNoThreads();
  }

  @Test
  void listenerThatFailsAtTheEnd_doesNotKeepTheConnectionOpen() {
    listener.during(
        "closed",
        () -> {
          throw new IllegalStateException("a defect of the listener");
        });
    Peer peer = subscribe(request());
    transport().abort();
    assertEquals(List.of(), peer.readToEnd());
    awaitNoThreads();
  }

  /** Nothing else is appended: neither a ping nor an acknowledgement tries again. */
  @Test
  void writer_thatCannotBeStarted_isTriedAgainInAMoment() {
    refusals.set(2);
    subscribe(request());
    assertTrue(refusals.get() < 0, "it was refused, and hired");
  }
}
