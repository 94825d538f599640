package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.recording.RecordedMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a message arrived: everything about it that is not in the message itself. Immutable. */
public interface Delivery {
  /**
   * The topic.
   *
   * @return such as {@code v4/groups/nnn.acme.master/ABC123/uplinks}
   */
  String topic();

  /**
   * The enterprise in the topic.
   *
   * @return the enterprise; empty if the topic does not have the documented form
   */
  Optional<Enterprise> enterprise();

  /**
   * The device id in the topic.
   *
   * @return the device id, or the whole topic if it does not have the documented form
   */
  String deviceId();

  /**
   * When the SDK read it, by this machine's clock.
   *
   * @return the time of arrival
   */
  Instant arrivedAt();

  /**
   * The QoS with which it was sent.
   *
   * @return the QoS of this message
   */
  Qos qos();

  /**
   * Whether it is known to have been delivered before: the bridge marked it as a duplicate, or this
   * subscription has seen it. False does not prove the opposite: MQTT does not mark a message that
   * another client received first, as in a shared group, or that a publisher sent twice.
   *
   * @return true if it was delivered before
   */
  boolean redelivered();

  /**
   * The message's bytes, as received.
   *
   * @return a copy
   */
  byte[] payload();

  /**
   * The size of the message, for which {@link #payload()} need not be copied.
   *
   * @return bytes of the payload
   */
  default int payloadSize() {
    return payload().length;
  }

  /**
   * A key that is the same for each copy of a message and, but for a hash collision, differs
   * between messages: the topic, a slash, and the SHA-256 of the payload in hex. If a device sends
   * the same reading with the same {@code timestamp_ms} twice, both messages have the same key.
   *
   * @return the key; computed at each call
   */
  String deduplicationKey();

  /**
   * The user properties (MQTT 5 section 3.3.2.3.7) that came with the message, such as the {@code
   * traceparent} of a trace context. Empty with MQTT 3.1.1, and if the bridge forwards none: the
   * platform documents none, so expect none.
   *
   * <p>They are text from elsewhere, and not part of the {@linkplain #deduplicationKey() key}: a
   * copy of a message may have others.
   *
   * @return the properties in the order sent, with those that repeat a name; unmodifiable, and read
   *     from the bytes at each call
   */
  default List<UserProperty> userProperties() {
    return List.of();
  }

  /**
   * The message as it arrived, for a {@link io.nnnco.nhub.recording.RecordingWriter}.
   *
   * @return a copy
   */
  default RecordedMessage recorded() {
    return new RecordedMessage(
        arrivedAt(),
        topic(),
        payload(),
        qos().level(),
        redelivered(),
        userProperties().stream().map(each -> Map.entry(each.name(), each.value())).toList());
  }
}
