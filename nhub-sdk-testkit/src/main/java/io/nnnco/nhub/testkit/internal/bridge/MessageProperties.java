package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.nnnco.nhub.testkit.internal.bridge.Packets.Property;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties that travel with a message (MQTT 5 section 3.3.2.3), to and from the codec's
 * types.
 */
final class MessageProperties {
  private static final Set<Integer> HANDED_ON =
      Set.of(
          Property.PAYLOAD_FORMAT_INDICATOR,
          Property.CONTENT_TYPE,
          Property.RESPONSE_TOPIC,
          Property.CORRELATION_DATA);

  private MessageProperties() {}

  /** Those that are passed on unchanged. */
  static List<Message.Property> read(MqttProperties properties) {
    List<Message.Property> read = new ArrayList<>();
    for (MqttProperty<?> property : properties.listAll()) {
      if (property instanceof UserProperties user) {
        for (StringPair pair : user.value()) {
          read.add(Message.Property.user(pair.key, pair.value));
        }
      } else if (HANDED_ON.contains(property.propertyId())) {
        read.add(new Message.Property(property.propertyId(), property.value()));
      }
    }
    return read;
  }

  /** When the message expires, or null. */
  static @Nullable Instant expiry(MqttProperties properties, Instant now) {
    long seconds = Packets.integer(properties, Property.MESSAGE_EXPIRY_INTERVAL, -1);
    return seconds < 0 ? null : now.plusSeconds(seconds);
  }

  static void write(Message message, Instant now, MqttProperties properties) {
    Duration left = message.timeLeft(now);
    if (left != null) {
      properties.add(new IntegerProperty(Property.MESSAGE_EXPIRY_INTERVAL, (int) left.toSeconds()));
    }
    for (Message.Property property : message.properties()) {
      properties.add(written(property.id(), property.value()));
    }
  }

  private static MqttProperty<?> written(int id, Object value) {
    if (value instanceof Integer number) {
      return new IntegerProperty(id, number);
    } else if (value instanceof byte[] bytes) {
      return new BinaryProperty(id, bytes);
    } else if (value instanceof Map.Entry<?, ?> pair) {
      return new MqttProperties.UserProperty(
          String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
    }
    return new StringProperty(id, String.valueOf(value));
  }
}
