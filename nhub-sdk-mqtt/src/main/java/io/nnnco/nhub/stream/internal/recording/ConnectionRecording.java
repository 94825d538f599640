package io.nnnco.nhub.stream.internal.recording;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.internal.FlightRecorderModule;
import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records one connection: first the attempt, then, if it succeeds, how long it stood. It looks at
 * the clock whether or not there is a recording, since one may begin meanwhile. Thread-safe.
 */
public final class ConnectionRecording {
  private final String host;
  private final int port;
  private final @Nullable ProxyServer proxy;
  private final Map<ConnectionPhase, Long> times = new EnumMap<>(ConnectionPhase.class);
  private ConnectionPhase phase = ConnectionPhase.PREPARE;
  private long enteredAt = System.nanoTime();
  private boolean sessionPresent;
  private @Nullable ErrorCode tooLate;
  private @Nullable ConnectionAttemptEvent attempt;
  private @Nullable StandingConnectionEvent standing;

  /** An attempt that begins now. */
  public ConnectionRecording(String host, int port, @Nullable ProxyServer proxy) {
    this.host = host;
    this.port = port;
    this.proxy = proxy;
    if (FlightRecorderModule.IS_PRESENT) {
      attempt = new ConnectionAttemptEvent();
      attempt.begin();
    }
  }

  /** It enters a phase, perhaps again, if it connects more than once. */
  public synchronized void entered(ConnectionPhase next) {
    long now = System.nanoTime();
    times.merge(phase, now - enteredAt, Long::sum);
    phase = next;
    enteredAt = now;
  }

  /** CONNACK accepts; SUBSCRIBE is next. */
  public synchronized void connected(boolean present) {
    sessionPresent = present;
    entered(ConnectionPhase.SUBSCRIBE);
  }

  /** SUBACK came. */
  public synchronized void subscribed(MqttEngine engine, MqttVersion version) {
    entered(ConnectionPhase.STREAM);
    endAttempt(engine, version, null);
    if (FlightRecorderModule.IS_PRESENT) {
      standing = new StandingConnectionEvent();
      standing.begin();
    }
  }

  /** It has taken too long, and is about to be aborted. */
  public synchronized void tookTooLong(ErrorCode code) {
    tooLate = code;
  }

  /** The end; no code if this side ended it. */
  public synchronized void closed(
      MqttEngine engine, MqttVersion version, @Nullable ErrorCode code) {
    endAttempt(engine, version, code == null ? tooLate : code);
    StandingConnectionEvent event = standing;
    standing = null;
    try {
      if (event != null && event.isKept()) {
        event.host = host;
        event.port = port;
        event.engine = engine.name();
        event.mqttVersion = text(version);
        event.stoodFor = System.nanoTime() - enteredAt;
        event.errorCode = id(code);
        event.commit();
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }

  private void endAttempt(MqttEngine engine, MqttVersion version, @Nullable ErrorCode code) {
    ConnectionAttemptEvent event = attempt;
    attempt = null;
    try {
      if (event != null && event.isKept()) {
        entered(phase);
        record(event, engine, version, code);
      }
    } catch (Throwable t) {
      // It must not harm what it records.
    }
  }

  private void record(
      ConnectionAttemptEvent event,
      MqttEngine engine,
      MqttVersion version,
      @Nullable ErrorCode code) {
    event.host = host;
    event.port = port;
    event.proxy = proxy == null ? null : proxy.host() + ":" + proxy.port();
    event.engine = engine.name();
    event.mqttVersion = text(version);
    event.dns = time(ConnectionPhase.DNS);
    event.tcp = time(ConnectionPhase.TCP);
    event.proxyTunnel = time(ConnectionPhase.PROXY);
    event.tls = time(ConnectionPhase.TLS);
    event.connect = time(ConnectionPhase.CONNECT);
    event.subscribe = time(ConnectionPhase.SUBSCRIBE);
    event.sessionPresent = sessionPresent;
    event.phase = phase.name();
    event.errorCode = id(code);
    event.commit();
  }

  private long time(ConnectionPhase of) {
    return times.getOrDefault(of, 0L);
  }

  private static @Nullable String id(@Nullable ErrorCode code) {
    return code == null ? null : code.id();
  }

  private static String text(MqttVersion version) {
    return switch (version) {
      case MQTT_5 -> "5";
      case MQTT_3_1_1 -> "3.1.1";
    };
  }
}
