package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.direct.DirectTransport;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the direct engine finds out which version of MQTT a server speaks. */
class DirectVersionTest extends TransportFixture {
  private final ProtocolMemory memory = new ProtocolMemory();
  private final RawBroker broker = new RawBroker();

  DirectVersionTest() {
    super(Engine.DIRECT);
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new DirectTransport(request, hears, pings, Engine.WRITERS, memory);
  }

  @Override
  @Nullable MqttVersion protocol() {
    return null;
  }

  private Request request() {
    return to("localhost", broker.port(), RawBroker.credentials());
  }

  private static int level(Peer.Packet connect) {
    assertEquals(Wire.CONNECT, connect.type());
    return connect.body()[6];
  }

  private Peer welcomeOlder() {
    Peer peer = broker.accept();
    assertEquals(4, level(peer.read()));
    peer.send(Wire.hex("20 02 00 00"));
    Peer.Packet subscribe = peer.expect(Wire.SUBSCRIBE);
    peer.send(Wire.packet(0x90, Wire.bytes(0, subscribe.packetId(), 1)));
    return peer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"20 02 00 01", "20 03 00 01 00", "20 02 00 84", "20 03 00 84 00"})
  void level5Refused_isAskedAgainOnceWith311_andRemembered(String refusal) {
    Transport first = open(request().build());
    Peer refusing = broker.accept();
    assertEquals(5, level(refusing.read()));
    refusing.send(Wire.hex(refusal));
    welcomeOlder().send(Wire.hex("32 06 0001 61 0007 68"));
    listener.awaitSubscribed();
    assertEquals(7, listener.takeMessage().packetId());
    first.abort();

    RecordingListener again = new RecordingListener();
    open(request().resuming().build(), again);
    welcomeOlder();
    again.awaitSubscribed();
  }

  @Test
  void hangingUpOnConnect_isAskedAgainOnceWith311_andNotRemembered() {
    for (int connection = 1; connection <= 2; connection++) {
      RecordingListener hears = new RecordingListener();
      Transport transport = open(request().build(), hears);
      hangUpOn(5);
      welcomeOlder();
      hears.awaitSubscribed();
      assertTrue(hears.heard().contains("fallback to MQTT_3_1_1"), hears.heard()::toString);
      transport.abort();
    }
  }

  @Test
  void hangingUpOnConnect_afterMqtt5HasWorked_isALostConnection() {
    Transport first = open(request().build());
    broker.accept().welcome();
    listener.awaitSubscribed();
    first.abort();

    RecordingListener again = new RecordingListener();
    open(request().resuming().build(), again);
    hangUpOn(5);
    again.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT);
    awaitNoThreads();
  }

  /** As in a cluster in the middle of an update. */
  @Test
  void level5Refused_afterItHasWorked_isAskedAgainWith311_andNotRemembered() {
    Transport first = open(request().build());
    broker.accept().welcome();
    listener.awaitSubscribed();
    first.abort();

    for (int connection = 1; connection <= 2; connection++) {
      RecordingListener again = new RecordingListener();
      Transport transport = open(request().resuming().build(), again);
      Peer refusing = broker.accept();
      assertEquals(5, level(refusing.read()));
      refusing.send(Wire.connack(0x84));
      welcomeOlder();
      again.awaitSubscribed();
      transport.abort();
    }
  }

  @Test
  void pinned5_hungUpOnAgainAndAgain_saysThatTheServerMayLackIt() {
    Request pinned = request();
    pinned.protocol = MqttVersion.MQTT_5;
    String message = "";
    for (int connection = 1; connection <= 3; connection++) {
      assertFalse(message.contains("3.1.1"), message);
      RecordingListener hears = new RecordingListener();
      open(pinned.build(), hears);
      hangUpOn(5);
      message =
          hears
              .awaitFailure(
                  ConnectionException.class,
                  StreamErrorCode.CONNECTION_LOST,
                  ConnectionPhase.CONNECT)
              .toString();
    }
    assertTrue(message.contains("protocol(MQTT_3_1_1)"), message);
  }

  private void hangUpOn(int level) {
    Peer peer = broker.accept();
    assertEquals(level, level(peer.read()));
    peer.reset();
  }

  @Test
  void hangingUpOnBoth_isALostConnection_andNotRemembered() {
    open(request().build());
    for (int expected : new int[] {5, 4}) {
      Peer peer = broker.accept();
      assertEquals(expected, level(peer.read()));
      peer.reset();
    }
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT);

    RecordingListener again = new RecordingListener();
    open(request().build(), again);
    Peer peer = broker.accept();
    assertEquals(5, level(peer.read()));
    peer.send(Wire.connack(0));
    peer.grant();
    again.awaitSubscribed();
  }

  /** The CONNECT of the first may have been on its way, and take the session over. */
  @Test
  void hangingUpOnConnect_thenNobodyListens_isAConnectionLostInConnect() {
    open(request().build());
    assertEquals(5, level(broker.accept().read()));
    broker.close();
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT);
  }

  @Test
  void refusalFor311_isTheError() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.hex("20 02 00 01"));
    Peer older = broker.accept();
    older.expect(Wire.CONNECT);
    older.send(Wire.hex("20 02 00 05"));
    listener.awaitFailure(
        AuthenticationException.class, StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT);
  }

  @Test
  void otherRefusals_areNotAskedAgain() {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0x87));
    listener.awaitFailure(
        AuthenticationException.class, StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT);
    awaitNoThreads();
  }

  @Test
  void pinned5_isNotAskedAgain() {
    Request pinned = request();
    pinned.protocol = MqttVersion.MQTT_5;
    open(pinned.build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.connack(0x84));
    assertEquals(
        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
        listener.awaitFailure(ServerException.class, StreamErrorCode.SERVER_REFUSED).reasonCode());
  }

  @Test
  void pinned311_beginsWithIt() {
    Request pinned = request();
    pinned.protocol = MqttVersion.MQTT_3_1_1;
    open(pinned.build());
    welcomeOlder();
    listener.awaitSubscribed();
  }

  @Test
  void violationIn5_isToldInADisconnect_in311ByClosing() {
    Transport transport = open(request().build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    peer.send(Wire.publish(0x32, "", 1, Wire.bytes(0x23, 0, 1), new byte[3]));
    assertEquals(
        List.of(0x94),
        peer.readToEnd().stream().map(packet -> packet.body()[0] & 0xFF).toList(),
        "topic alias invalid");
    assertEquals(ConnectionPhase.STREAM, transport.phase());
  }

  @Test
  void acknowledgementsOfABatch_leaveInFewWrites() {
    Transport transport = create(request().build(), listener, timer);
    listener.onMessage(message -> transport.acknowledge(message.packetId()));
    transport.open();
    Peer peer = broker.accept();
    peer.welcome();
    byte[][] batch = new byte[200][];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = Wire.publish(TOPIC, i + 1, new byte[20]);
    }
    peer.send(Wire.concat(batch));
    int records = 0;
    for (int acknowledged = 0; acknowledged < batch.length; records++) {
      acknowledged += peer.readRecord() / 4;
    }
    assertTrue(records <= 20, records + " writes for " + batch.length + " acknowledgements");
    assertFalse(listener.isClosed());
    transport.abort();
  }

  /** It has no DISCONNECT of a reason (section 4.8). */
  @ParameterizedTest
  @ValueSource(
      strings = {"36 05 0001 61 0007", "32 05 0001 2B 0007", "32 05 0001 61 0000", "E0 00"})
  void brokenRuleIn311_endsTheConnectionWithoutAWord(String hex) {
    Request request = request();
    request.protocol = MqttVersion.MQTT_3_1_1;
    open(request.build());
    Peer peer = welcomeOlder();
    listener.awaitSubscribed();
    peer.send(Wire.hex(hex));
    assertEquals(List.of(), peer.readToEnd());
    listener.awaitFailure(
        ConnectionException.class, StreamErrorCode.PROTOCOL_VIOLATION, ConnectionPhase.STREAM);
  }
}
