package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Pings, stalls, and reading that stops. Half of the keep-alive is what an answer may take, so it
 * is long enough for a machine under load.
 */
abstract class KeepAliveFaults extends FaultsFixture {
  private static final int SECONDS = 6;

  KeepAliveFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d2_readingStopped_pingsContinueAndTheConnectionLives() {
    Transport transport = open(request().keepAlive(SECONDS).build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.setReading(false);
    publish(peer, 1, 100);
    peer.ignorePings(3);
    assertFalse(listener.isClosed(), "a missing answer counts only while answers are read");
    assertTrue(listener.waiting() <= 1, "handed over while stopped: " + listener.waiting());

    transport.setReading(true);
    assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), ids(listener.takeMessages(100)));
  }

  @Test
  void d34_stallInTheMiddleOfAHeader_losesNothing() {
    Peer peer = subscribe(request().keepAlive(SECONDS));
    byte[] packet = Wire.publish(TOPIC, 1, new byte[300]);
    for (int at : new int[] {1, 2, 3}) {
      peer.send(Arrays.copyOfRange(packet, 0, at));
      peer.expect(Wire.PINGREQ); // after half of the keep-alive
      peer.send(Arrays.copyOfRange(packet, at, packet.length));
      peer.send(Wire.pingresp());
      assertEquals(300, listener.takeMessage().payload().length);
    }
    assertFalse(listener.isClosed());
  }

  /** The client's own would take minutes. */
  @Test
  void keepAlive_fromTheServer_isUsed() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0, 0x13, 0, SECONDS));
    peer.grant();
    peer.expect(Wire.PINGREQ);
  }

  @Test
  void keepAlive_withoutAResponse_isATimeout() {
    Peer peer = subscribe(request().keepAlive(SECONDS));
    peer.ignorePings(1);
    listener.awaitFailure(ConnectionException.class, StreamErrorCode.KEEP_ALIVE_TIMEOUT);
    awaitNoThreads();
  }

  /** Without the answer to the first, there would not be a second. */
  @Test
  void keepAlive_withResponses_keepsTheConnection() {
    Peer peer = subscribe(request().keepAlive(SECONDS));
    for (int i = 0; i < 2; i++) {
      peer.expect(Wire.PINGREQ);
      peer.send(Wire.pingresp());
    }
    assertFalse(listener.isClosed());
  }
}
