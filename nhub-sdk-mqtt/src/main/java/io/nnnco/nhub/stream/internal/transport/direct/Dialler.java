package io.nnnco.nhub.stream.internal.transport.direct;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets to a CONNACK: with MQTT 5, or with 3.1.1 if the server does not speak 5; and with the
 * requested session, which 3.1.1 cannot always request in one CONNECT. Its methods block on the
 * reader's thread; {@link #close()} from any other ends them.
 */
final class Dialler {
  private static final Logger log = LoggerFactory.getLogger(Dialler.class);

  private final ConnectRequest request;
  private final ProtocolMemory memory;
  private final Consumer<ConnectionPhase> phases;
  private volatile PacketConnection connection;
  private volatile boolean closed;
  private volatile boolean fellBack;

  Dialler(ConnectRequest request, ProtocolMemory memory, Consumer<ConnectionPhase> phases) {
    this.request = request;
    this.memory = memory;
    this.phases = phases;
    this.connection = new PacketConnection(request, memory.first(request), phases);
  }

  /** The connection of the last attempt. */
  PacketConnection connection() {
    return connection;
  }

  /** Whether this connection speaks 3.1.1 because the server did not accept MQTT 5. */
  boolean fellBack() {
    return fellBack;
  }

  StreamException failure(ConnectionPhase at, Throwable error) {
    return connection.failure(at, error);
  }

  ConnectionPhase phase() {
    return connection.phase();
  }

  void close() {
    closed = true;
    connection.close();
  }

  Packet.Connack connect() throws IOException, MalformedPacketException {
    if (connection.version() == MqttVersion.MQTT_3_1_1) {
      return connectOlder();
    }
    try {
      Packet.Connack connack = connection.connect(request.cleanStart());
      if (connack.accepted()) {
        memory.spokeNewer(request);
      } else if (request.protocol() == null
          && connack.reasonCode() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
        return fallBackAfterRefusal();
      }
      return connack;
    } catch (IOException e) {
      if (request.protocol() == null && !memory.knowsNewer(request) && hungUpOnConnect(e)) {
        return fallBackAfter(e);
      }
      throw e;
    }
  }

  /** What an MQTT 3.1.1 server may do with a version that it does not know (section 3.1.2.2). */
  private boolean hungUpOnConnect(IOException error) {
    return !closed
        && connection.phase() == ConnectionPhase.CONNECT
        && !connection.heard()
        && (error instanceof EOFException || error instanceof SocketException);
  }

  /**
   * If only MQTT 5 may be tried, a closed connection may mean that the server does not speak it.
   */
  StreamException suspecting(StreamException failure) {
    return request.protocol() == MqttVersion.MQTT_5 && !connection.heard()
        ? memory.suspecting(request, failure)
        : failure;
  }

  private Packet.Connack fallBackAfterRefusal() throws IOException, MalformedPacketException {
    Packet.Connack connack = fallBack();
    if (connack.accepted()) {
      memory.refusedNewer(request);
    }
    return connack;
  }

  /**
   * A closed connection is not a response, so nothing is remembered: the next connection starts
   * with MQTT 5. If 3.1.1 does not get as far, the first failure is reported: that CONNECT may have
   * been on its way.
   */
  private Packet.Connack fallBackAfter(IOException first)
      throws IOException, MalformedPacketException {
    PacketConnection hungUp = connection;
    try {
      return fallBack();
    } catch (IOException e) {
      if (connection.phase() == ConnectionPhase.CONNECT) {
        e.addSuppressed(first);
        throw e;
      }
      connection = hungUp;
      first.addSuppressed(e);
      throw first;
    }
  }

  private Packet.Connack fallBack() throws IOException, MalformedPacketException {
    redial(MqttVersion.MQTT_3_1_1);
    Packet.Connack connack = connectOlder();
    if (connack.accepted()) {
      fellBack = true;
    }
    return connack;
  }

  /**
   * In 3.1.1, a session that outlives its connection cannot start clean: an existing one that is
   * not wanted is ended by a connection of its own.
   */
  private Packet.Connack connectOlder() throws IOException, MalformedPacketException {
    boolean sessionEnds = request.sessionExpiry().isZero();
    Packet.Connack connack = connection.connect(sessionEnds);
    if (request.cleanStart() && connack.sessionPresent()) {
      hangUp();
      endSession();
      redial(MqttVersion.MQTT_3_1_1);
      connack = connection.connect(sessionEnds);
    }
    return connack;
  }

  /** After a DISCONNECT that should end the session, which 3.1.1 cannot express. */
  void forgetSession() {
    if (connection.version() == MqttVersion.MQTT_3_1_1 && !request.sessionExpiry().isZero()) {
      try {
        endSession();
      } catch (NHubException | IOException | MalformedPacketException e) {
        log.warn("The bridge may keep the session of {}", request.clientId(), e);
      }
    }
  }

  private void endSession() throws IOException, MalformedPacketException {
    redial(MqttVersion.MQTT_3_1_1);
    connection.connect(true);
    hangUp();
  }

  private void hangUp() throws IOException {
    byte[] bye =
        PacketWriter.disconnect(MqttVersion.MQTT_3_1_1, ReasonCode.NORMAL_DISCONNECTION, null);
    connection.write(bye, bye.length);
    connection.finishWriting();
    connection.awaitEnd();
    connection.close();
  }

  private void redial(MqttVersion version) {
    connection.close();
    connection = new PacketConnection(request, version, phases);
    if (closed) {
      connection.close();
    }
  }
}
