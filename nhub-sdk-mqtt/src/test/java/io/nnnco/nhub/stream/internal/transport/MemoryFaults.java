package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import org.junit.jupiter.api.Test;

/**
 * This program runs out of memory, on any thread of a transport: the connection ends at once, and
 * with the reason, not at the next ping that nobody answers.
 */
abstract class MemoryFaults extends FaultsFixture {
  MemoryFaults(Engine engine) {
    super(engine);
  }

  private static void fail() {
    throw new OutOfMemoryError("Java heap space");
  }

  private void awaitTold() {
    ConnectionException told =
        listener.awaitFailure(
            ConnectionException.class, StreamErrorCode.OUT_OF_MEMORY, ConnectionPhase.STREAM);
    assertInstanceOf(OutOfMemoryError.class, told.getCause());
    assertEquals(ErrorCode.Responsible.APPLICATION, told.code().responsible());
    String text = String.valueOf(told.getMessage());
    assertTrue(text.contains("this program ran out of memory"), text);
    assertTrue(text.contains("windowBytes"), text);
    awaitNoThreads();
  }

  @Test
  void outOfMemory_whileReading_isReportedAtOnce() {
    Peer peer = subscribe(request());
    listener.onRead(MemoryFaults::fail);
    publish(peer, 1, 1);
    awaitTold();
  }

  /** Where a message is taken over, which for others' errors costs no connection. */
  @Test
  void outOfMemory_whileHandingOver_isReportedAtOnce_andNothingIsAcknowledged() {
    Peer peer = subscribe(request());
    listener.onMessage(message -> fail());
    publish(peer, 1, 1);
    awaitTold();
    assertTrue(peer.readToEnd().stream().allMatch(packet -> packet.type() == Wire.DISCONNECT));
  }

  @Test
  void outOfMemory_whilePinging_isReportedAtOnce() {
    listener.onPing(MemoryFaults::fail);
    subscribe(request().keepAlive(1));
    awaitTold();
  }
}
