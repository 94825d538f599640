package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.nnnco.nhub.testkit.internal.bridge.Packets.Property;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.bridge.broker.Publication;
import io.nnnco.nhub.testkit.internal.bridge.broker.Session;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one client's PUBLISHes: M15 in docs/bridge.md, or the permissive switch. Each
 * gets its first response as it is read, so that only messages of QoS 2 wait: for their PUBREL.
 */
final class Publishing {
  private final BridgeState state;
  private final Wire wire;
  private final Session session;
  private final int level;
  private final Set<Integer> unreleased = new HashSet<>();

  Publishing(BridgeState state, Wire wire, Session session, int level) {
    this.state = state;
    this.wire = wire;
    this.session = session;
    this.level = level;
  }

  /** Why the connection must end. */
  record Refusal(int reasonCode, String reason) {}

  /** Accepts or refuses a PUBLISH; null if the connection may stay. */
  @Nullable Refusal receive(MqttPublishMessage message) {
    int qos = message.fixedHeader().qosLevel().value();
    MqttProperties properties = message.variableHeader().properties();
    String topic = message.variableHeader().topicName();
    if (qos > state.policy().maximumQos()) {
      return new Refusal(ReasonCodes.QOS_NOT_SUPPORTED, "at most QoS 1 is spoken here");
    } else if (properties.getProperty(Property.TOPIC_ALIAS) != null) {
      return new Refusal(ReasonCodes.TOPIC_ALIAS_INVALID, "no topic aliases are spoken here");
    } else if (topic.isEmpty()) {
      return new Refusal(ReasonCodes.PROTOCOL_ERROR, "the topic is empty");
    } else if (exceedsReceiveMaximum(message, qos)) {
      return new Refusal(
          ReasonCodes.RECEIVE_MAXIMUM_EXCEEDED,
          "more than " + Packets.RECEIVE_MAXIMUM + " messages wait for their PUBREL");
    } else if (message.fixedHeader().isRetain() && !state.policy().permissive()) {
      return new Refusal(ReasonCodes.RETAIN_NOT_SUPPORTED, "nothing is retained here");
    } else if (state.policy().permissive()) {
      publish(message, qos);
    } else if (level < Packets.MQTT_5) {
      return new Refusal(ReasonCodes.NOT_AUTHORIZED, "clients may not publish");
    } else if (qos == 1) {
      puback(message, ReasonCodes.NOT_AUTHORIZED);
    }
    return null;
  }

  /** Of this connection: the client counts from zero on each. Only MQTT 5 has a maximum. */
  private boolean exceedsReceiveMaximum(MqttPublishMessage message, int qos) {
    return level == Packets.MQTT_5
        && qos > 0
        && unreleased.size() >= Packets.RECEIVE_MAXIMUM
        && !unreleased.contains(message.variableHeader().packetId());
  }

  /** The PUBREL of a message of QoS 2 has come; returns whether there is such a message. */
  boolean released(int packetId) {
    unreleased.remove(packetId);
    return session.released(packetId);
  }

  private void publish(MqttPublishMessage message, int qos) {
    int packetId = message.variableHeader().packetId();
    if (qos == 2) {
      unreleased.add(packetId);
    }
    if (qos == 2 && !session.arrived(packetId)) {
      wire.write(Packets.pubrec(packetId, ReasonCodes.SUCCESS));
      return;
    }
    MqttProperties properties = message.variableHeader().properties();
    Publication publication =
        new Publication(
            new Message(
                message.variableHeader().topicName(),
                ByteBufUtil.getBytes(message.payload()),
                qos,
                message.fixedHeader().isRetain(),
                MessageProperties.read(properties),
                MessageProperties.expiry(properties, state.now())),
            settled -> {});
    state.broker().publish(publication, session);
    boolean nobody = publication.deliveries().isEmpty();
    int code = nobody ? ReasonCodes.NO_MATCHING_SUBSCRIBERS : ReasonCodes.SUCCESS;
    if (qos == 1) {
      puback(message, code);
    } else if (qos == 2) {
      wire.write(Packets.pubrec(packetId, code));
    }
  }

  private void puback(MqttPublishMessage message, int code) {
    wire.write(Packets.puback(message.variableHeader().packetId(), code));
  }
}
