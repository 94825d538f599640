package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.nnnco.nhub.testkit.internal.bridge.Packets.Property;
import io.nnnco.nhub.testkit.internal.bridge.broker.Broker.SessionRequest;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.bridge.broker.Will;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CONNECT in the bridge's own types, with the defaults of its protocol level filled in. */
record ConnectPacket(
    int level,
    String clientId,
    @Nullable String username,
    @Nullable String password,
    List<X509Certificate> certificates,
    boolean cleanStart,
    Duration keepAlive,
    Duration sessionExpiry,
    int receiveMaximum,
    long maximumPacketSize,
    boolean wantsAuthMethod,
    @Nullable Will will) {
  private static final long FOR_EVER_SECONDS = 0xFFFF_FFFFL;
  private static final int NO_LIMIT = 0xFFFF;

  static ConnectPacket of(
      MqttConnectMessage message, List<X509Certificate> certificates, Instant now) {
    MqttConnectVariableHeader header = message.variableHeader();
    MqttConnectPayload payload = message.payload();
    MqttProperties properties = header.properties();
    long expirySeconds =
        header.version() == Packets.MQTT_5
            ? Packets.integer(properties, Property.SESSION_EXPIRY_INTERVAL, 0)
            : header.isCleanSession() ? 0 : FOR_EVER_SECONDS;
    byte[] password = payload.passwordInBytes();
    return new ConnectPacket(
        header.version(),
        payload.clientIdentifier(),
        payload.userName(),
        password == null ? null : new String(password, StandardCharsets.UTF_8),
        certificates,
        header.isCleanSession(),
        Duration.ofSeconds(header.keepAliveTimeSeconds()),
        Duration.ofSeconds(expirySeconds),
        (int) Packets.integer(properties, Property.RECEIVE_MAXIMUM, NO_LIMIT),
        Packets.integer(properties, Property.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
        properties.getProperty(Property.AUTHENTICATION_METHOD) != null,
        header.isWillFlag() ? will(header, payload, now) : null);
  }

  private static Will will(
      MqttConnectVariableHeader header, MqttConnectPayload payload, Instant now) {
    MqttProperties properties = payload.willProperties();
    return new Will(
        new Message(
            payload.willTopic(),
            payload.willMessageInBytes(),
            header.willQos(),
            header.isWillRetain(),
            MessageProperties.read(properties),
            MessageProperties.expiry(properties, now)),
        Duration.ofSeconds(Packets.integer(properties, Property.WILL_DELAY_INTERVAL, 0)));
  }

  ConnectAttempt attempt() {
    return new ConnectAttempt(certificates, username, password, clientId, level);
  }

  /** What it requests of its session; a will only where clients may publish. */
  SessionRequest sessionRequest(
      String givenClientId, String enterprise, boolean forget, boolean mayPublish) {
    return new SessionRequest(
        givenClientId,
        enterprise,
        cleanStart || forget,
        sessionExpiry,
        receiveMaximum,
        maximumPacketSize,
        mayPublish ? will : null);
  }
}
