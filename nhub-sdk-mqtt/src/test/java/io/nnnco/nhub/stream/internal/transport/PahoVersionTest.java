package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.transport.paho.PahoTransport;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Paho engine, which speaks MQTT 5 only, says of a server that does not. */
class PahoVersionTest extends TransportFixture {
  private final ProtocolMemory memory = new ProtocolMemory();
  private final RawBroker broker = new RawBroker();

  PahoVersionTest() {
    super(Engine.PAHO);
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  @Override
  Transport create(
      ConnectRequest request, TransportListener hears, ScheduledExecutorService pings) {
    return new PahoTransport(request, hears, pings, Engine.WRITERS, memory);
  }

  private Request request() {
    return to("localhost", broker.port(), RawBroker.credentials());
  }

  @ParameterizedTest
  @ValueSource(strings = {"20 02 00 01", "20 03 00 01 00", "20 02 00 84", "20 03 00 84 00"})
  void level5Refused_isFinal_andNamesTheWayOut(String refusal) {
    open(request().build());
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.send(Wire.hex(refusal));

    ServerException refused =
        listener.awaitFailure(ServerException.class, StreamErrorCode.SERVER_REFUSED);
    assertEquals(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, refused.reasonCode());
    assertTrue(refused.reasonCode().terminal());
    assertNamesTheWayOut(refused.toString());
  }

  @Test
  void hangingUpOnConnect_againAndAgain_namesTheWayOut() {
    for (int connection = 1; connection <= 2; connection++) {
      String message = hangUp();
      assertFalse(message.contains("3.1.1"), message);
    }
    assertNamesTheWayOut(hangUp());
  }

  @Test
  void hangingUpOnConnect_afterMqtt5HasWorked_isALostConnection() {
    Transport first = open(request().build());
    broker.accept().welcome();
    listener.awaitSubscribed();
    first.abort();
    for (int connection = 1; connection <= 4; connection++) {
      String message = hangUp();
      assertFalse(message.contains("3.1.1"), message);
    }
  }

  private String hangUp() {
    RecordingListener hears = new RecordingListener();
    open(request().build(), hears);
    Peer peer = broker.accept();
    peer.expect(Wire.CONNECT);
    peer.reset();
    return hears
        .awaitFailure(
            ConnectionException.class, StreamErrorCode.CONNECTION_LOST, ConnectionPhase.CONNECT)
        .toString();
  }

  private static void assertNamesTheWayOut(String message) {
    assertTrue(message.contains("MqttEngine.DIRECT"), message);
    assertTrue(message.contains("protocol(MQTT_3_1_1)"), message);
  }
}
