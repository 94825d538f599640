package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import java.io.File;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end that nobody wanted to end, or not like that. */
abstract class EndingFaults extends FaultsFixture {
  EndingFaults(Engine engine) {
    super(engine);
  }

  @Test
  void d1_connectionLostWithUnhandledMessages_nextConnectsAtOnce() {
    Peer first = subscribe(request());
    publish(first, 1, 40);
    listener.takeMessages(40);
    first.reset();
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM);

    RecordingListener again = new RecordingListener();
    Transport second = open(request().resuming().build(), again);
    Peer peer = broker.accept();
    peer.welcome();
    again.awaitSubscribed();
    second.abort();
    assertEquals(List.of(), peer.readToEnd(), "one CONNECT for each connection");
  }

  @Test
  void d13_allThreads_areDaemons() {
    subscribe(request());
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().contains(clientId))
            .filter(thread -> thread.getName().startsWith("nhub") && !thread.isDaemon())
            .map(Thread::getName)
            .toList());
  }

  @Test
  void d15_abortDuringDisconnect_leavesNothingIfTheServerNeitherReadsNorCloses() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.disconnect(true);
    transport.abort();
    listener.awaitClosed();
    awaitNoThreads();
  }

  @Test
  void d15_disconnect_whileTheServerDoesNotClose_isBounded() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    transport.disconnect(true);
    peer.expect(Wire.DISCONNECT);
    listener.awaitClosed();
    awaitNoThreads();
    peer.readToEnd();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x80, 0x81, 0x82, 0x87, 0x89, 0x8B, 0x8D, 0x93, 0x95, 0x98, 0x9D})
  void d32_disconnectOfTheServer_isATypedErrorWithItsCode(int code) {
    Peer peer = subscribe(request());
    peer.send(Wire.disconnect(code));
    ServerException error =
        listener.awaitFailure(ServerException.class, StreamErrorCode.SERVER_DISCONNECTED);
    assertEquals(ReasonCode.of(code), error.reasonCode());
  }

  @Test
  void d32_disconnectWithoutABody_isANormalOne() {
    Peer peer = subscribe(request());
    peer.send(Wire.hex("E0 00"));
    assertEquals(
        ReasonCode.NORMAL_DISCONNECTION,
        listener
            .awaitFailure(ServerException.class, StreamErrorCode.SERVER_DISCONNECTED)
            .reasonCode());
  }

  @Test
  void d32_takeOver_hasItsOwnType() {
    subscribe(request()).send(Wire.disconnect(0x8E));
    listener.awaitFailure(SessionTakenOverException.class);
  }

  @Test
  void d32_endWithoutAWord_isALostConnectionOfItsPhase() {
    open(request().build());
    Peer peer = broker.accept();
    peer.accept();
    peer.expect(Wire.SUBSCRIBE);
    peer.reset();
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.SUBSCRIBE);
  }

  @Test
  void d33_nothingIsWrittenToTheWorkingDirectory() {
    Set<String> before = Set.of(new File(System.getProperty("user.dir")).list());
    subscribe(request());
    assertEquals(before, Set.of(new File(System.getProperty("user.dir")).list()));
  }

  /** The peer's password, an escape sequence, C1 and bidirectional controls, and no end. */
  private static final byte[] HOSTILE =
      ("open sesame, b3BlbiBzZXNhbWU=\r\nERROR\u001b[31m\u009b2J\u202e\u2028 " + "x".repeat(60_000))
          .getBytes(UTF_8);

  @Test
  void reasonOfADisconnect_hostile_isShownWithoutSecretsAndControls_andCut() {
    Peer peer = subscribe(request());
    peer.send(Wire.packet(0xE0, hostileReason(0x89)));
    assertHarmless(
        listener.awaitFailure(ServerException.class, StreamErrorCode.SERVER_DISCONNECTED));
  }

  @ParameterizedTest
  @CsvSource({"0x86", "0x87", "0x88"})
  void reasonOfAConnack_hostile_isShownWithoutSecretsAndControls_andCut(int code) {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.packet(0x20, hostileReason(0, code)));
    assertHarmless(listener.awaitFailure(StreamException.class));
  }

  private static byte[] hostileReason(int... start) {
    byte[] property =
        Wire.concat(Wire.bytes(0x1F, HOSTILE.length >> 8, HOSTILE.length & 0xFF), HOSTILE);
    int length = property.length;
    byte[] size = Wire.bytes((length & 0x7F) | 0x80, ((length >> 7) & 0x7F) | 0x80, length >> 14);
    return Wire.concat(Wire.bytes(start), size, property);
  }

  private static void assertHarmless(StreamException failure) {
    String message = String.valueOf(failure.getMessage());
    assertFalse(message.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"), message);
    assertFalse(message.contains("sesame") || message.contains("BzZXNhbW"), message);
    assertTrue(message.contains("[hidden]") && message.contains("ERROR [31m 2J"), message);
    assertTrue(message.length() < 700, () -> message.length() + " characters");
  }
}
