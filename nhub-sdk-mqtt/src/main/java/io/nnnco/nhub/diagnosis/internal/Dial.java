package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import io.nnnco.nhub.stream.internal.transport.ProtocolMemory;
import io.nnnco.nhub.stream.internal.transport.Refusals;
import io.nnnco.nhub.stream.internal.transport.Violations;
import io.nnnco.nhub.stream.internal.transport.direct.Dialler;
import io.nnnco.nhub.stream.internal.transport.direct.PacketConnection;
import io.nnnco.nhub.stream.internal.transport.packet.MalformedPacketException;
import io.nnnco.nhub.stream.internal.transport.packet.Packet;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One connection, and how far it got. Used by one thread at a time. */
final class Dial {
  private final ConnectRequest request;
  private final Background background;
  private final Dialler dialler;
  private ConnectionPhase phase = ConnectionPhase.PREPARE;
  private Packet.@Nullable Connack connack;
  private @Nullable StreamException failure;

  private Dial(ConnectRequest request, Background background) {
    this.request = request;
    this.background = background;
    this.dialler = new Dialler(request, new ProtocolMemory(), phase -> {});
  }

  /** Connects up to the CONNACK. */
  static Dial start(ConnectRequest request, Background background, Duration limit) {
    Dial dial = new Dial(request, background);
    try {
      Packet.Connack response = dial.run(dial.dialler::connect, limit);
      if (response.accepted()) {
        dial.connack = response;
      } else {
        dial.failure =
            Refusals.connack(response.reasonCode(), response.reason(), request.credentials());
      }
    } catch (TimeoutException e) {
      // Then it has neither a CONNACK nor a failure.
    } catch (StreamException e) {
      dial.failure = e;
    }
    dial.phase = dial.failure == null ? dial.dialler.phase() : dial.failure.phase();
    return dial;
  }

  ConnectRequest request() {
    return request;
  }

  /** The same request for other topic filters and another QoS. */
  ConnectRequest asking(List<String> topicFilters, Qos qos) {
    return new ConnectRequest(
        request.host(),
        request.port(),
        request.credentials(),
        request.clientId(),
        request.cleanStart(),
        request.sessionExpiry(),
        request.keepAlive(),
        request.receiveMaximum(),
        topicFilters,
        qos,
        request.protocol(),
        request.proxy());
  }

  /** Where it got to. */
  ConnectionPhase phase() {
    return phase;
  }

  /** The response to CONNECT if it accepts, else null. */
  Packet.@Nullable Connack connack() {
    return connack;
  }

  /** Why there is no connection; null if there is one, or time ran out. */
  @Nullable StreamException failure() {
    return failure;
  }

  boolean timedOut() {
    return connack == null && failure == null;
  }

  boolean fellBack() {
    return dialler.fellBack();
  }

  MqttVersion version() {
    return dialler.connection().version();
  }

  @Nullable SSLSession session() {
    return dialler.connection().session();
  }

  /** Sends the SUBSCRIBE. */
  void subscribe(Duration limit) throws TimeoutException {
    byte[] packet = PacketWriter.subscribe(version(), request.topicFilters(), request.qos());
    run(
        () -> {
          dialler.connection().write(packet, packet.length);
          return packet;
        },
        limit);
    phase = ConnectionPhase.SUBSCRIBE;
  }

  /** The next packet; a DISCONNECT of the server is an error. */
  Packet next(Duration limit) throws TimeoutException {
    Packet packet = run(this::read, limit);
    if (packet instanceof Packet.Suback) {
      phase = ConnectionPhase.STREAM;
    } else if (packet instanceof Packet.Disconnect end) {
      throw Refusals.disconnect(end.reasonCode(), end.reason(), request.credentials());
    }
    return packet;
  }

  private Packet read() throws IOException, MalformedPacketException {
    PacketConnection connection = dialler.connection();
    Packet packet = connection.poll();
    while (packet == null) {
      connection.fill();
      packet = connection.poll();
    }
    return packet;
  }

  private <T> T run(Callable<T> step, Duration limit) throws TimeoutException {
    try {
      return background.call(step, limit);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private StreamException failure(Throwable error) {
    ConnectionPhase at = phase == ConnectionPhase.PREPARE ? dialler.phase() : phase;
    if (error instanceof StreamException known) {
      return known;
    }
    return error instanceof MalformedPacketException violation
        ? Violations.failure(violation, at)
        : dialler.failure(at, error);
  }

  /** With a DISCONNECT if there is a connection. */
  void close() {
    if (connack != null) {
      byte[] bye = PacketWriter.disconnect(version(), ReasonCode.NORMAL_DISCONNECTION, null);
      try {
        run(
            () -> {
              dialler.connection().write(bye, bye.length);
              dialler.connection().finishWriting();
              return bye;
            },
            Duration.ofMillis(200));
      } catch (NHubException | TimeoutException e) {
        // Then it has ended without one.
      }
    }
    dialler.close();
  }
}
