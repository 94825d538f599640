package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.BridgeFault.RespondToSubscribe;
import io.nnnco.nhub.testkit.SubscribeRecord;
import io.nnnco.nhub.testkit.internal.bridge.Packets.Property;
import io.nnnco.nhub.testkit.internal.bridge.broker.BrokerSubscription;
import io.nnnco.nhub.testkit.internal.bridge.broker.Session;
import io.nnnco.nhub.testkit.internal.bridge.broker.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The responses to one client's SUBSCRIBEs and UNSUBSCRIBEs (M9, M11 and M12 in docs/bridge.md).
 */
final class Subscribing {
  private final BridgeState state;
  private final Session session;
  private final int level;

  Subscribing(BridgeState state, Session session, int level) {
    this.state = state;
    this.session = session;
    this.level = level;
  }

  /** How a SUBSCRIBE breaks MQTT's rules; null if it does not. */
  @Nullable String flaw(MqttSubscribeMessage message) {
    if (message.payload().topicSubscriptions().isEmpty()) {
      return "a SUBSCRIBE without a filter";
    } else if (identifier(message, 1) == 0) {
      return "a subscription identifier of 0";
    }
    boolean sharedNoLocal =
        message.payload().topicSubscriptions().stream()
            .anyMatch(s -> s.option().isNoLocal() && TopicFilter.isShared(s.topicFilter()));
    return sharedNoLocal ? "no local on a shared subscription" : null;
  }

  private static int identifier(MqttSubscribeMessage message, int otherwise) {
    MqttProperties properties = message.idAndPropertiesVariableHeader().properties();
    return (int) Packets.integer(properties, Property.SUBSCRIPTION_IDENTIFIER, otherwise);
  }

  /** Subscribes to the permitted filters; returns the SUBACK. */
  ByteBuf subscribe(MqttSubscribeMessage message) {
    RespondToSubscribe fault = state.faults().next(RespondToSubscribe.class, session.clientId());
    int identifier = identifier(message, 0);
    List<Integer> codes = new ArrayList<>();
    for (MqttTopicSubscription requested : message.payload().topicSubscriptions()) {
      int code = subscribe(requested, identifier, fault);
      codes.add(code);
      state
          .listener()
          .subscribed(
              new SubscribeRecord(
                  state.now(),
                  session.clientId(),
                  requested.topicFilter(),
                  requested.qualityOfService().value(),
                  code));
    }
    return Packets.subscribed(level, message.variableHeader().messageId(), codes);
  }

  private int subscribe(
      MqttTopicSubscription requested, int identifier, @Nullable RespondToSubscribe fault) {
    TopicFilter filter;
    try {
      filter = TopicFilter.parse(requested.topicFilter());
    } catch (IllegalArgumentException e) {
      return refusal(ReasonCodes.TOPIC_FILTER_INVALID);
    }
    int granted = Math.min(requested.qualityOfService().value(), state.policy().maximumQos());
    boolean foreign = !state.policy().permissive() && !filter.within(session.enterprise());
    if (fault != null) {
      granted = fault.reasonCode();
    } else if (foreign && !state.policy().grantsForeignFilters()) {
      granted = ReasonCodes.NOT_AUTHORIZED;
    }
    if (granted >= ReasonCodes.FAILURE) {
      return refusal(granted);
    }
    subscribe(
        new BrokerSubscription(
            filter,
            Math.min(granted, state.policy().maximumQos()),
            requested.option().isNoLocal(),
            requested.option().isRetainAsPublished(),
            identifier,
            foreign ? Enterprise.of(session.enterprise()).topicPrefix() : ""),
        requested.option().retainHandling());
    return granted;
  }

  private void subscribe(BrokerSubscription subscription, RetainedHandlingPolicy retained) {
    boolean added = state.broker().subscribe(session, subscription);
    boolean wanted =
        retained == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE
            || (retained == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS && added);
    if (wanted && !subscription.filter().shared()) {
      state.broker().queueRetained(session, subscription);
    }
  }

  private int refusal(int code) {
    return level < Packets.MQTT_5 ? ReasonCodes.FAILURE : code;
  }

  /** Unsubscribes; returns the UNSUBACK. */
  MqttMessage unsubscribe(MqttUnsubscribeMessage message) {
    List<Short> codes = new ArrayList<>();
    for (String filter : message.payload().topics()) {
      boolean existed = state.broker().unsubscribe(session, filter);
      codes.add((short) (existed ? ReasonCodes.SUCCESS : ReasonCodes.NO_SUBSCRIPTION_EXISTED));
    }
    return Packets.unsubscribed(message.variableHeader().messageId(), codes);
  }
}
