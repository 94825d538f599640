package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import java.time.Instant;
import java.util.Optional;

/** How a message came: everything about it that is not in it. Immutable. */
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
   * @return the enterprise, empty where the topic is not of the documented form (rule M11)
   */
  Optional<Enterprise> enterprise();

  /**
   * The device id in the topic.
   *
   * @return the device id, or the whole topic where it is not of the documented form
   */
  String deviceId();

  /**
   * When this SDK read it, by this machine's clock.
   *
   * @return the time of arrival
   */
  Instant arrivedAt();

  /**
   * How it was sent.
   *
   * @return the QoS of this message
   */
  Qos qos();

  /**
   * Whether it is known to have come before: the server marked it as a duplicate, or this
   * subscription saw it. False is no proof of the contrary: MQTT has no such mark for what another
   * client got first, as in a group, or for what a publisher sent twice.
   *
   * @return true if it came before
   */
  boolean redelivered();

  /**
   * The message's bytes as they came.
   *
   * @return a copy
   */
  byte[] payload();

  /**
   * A key that is the same for each copy of a message and, but for a hash collision, differs
   * between messages: the topic, a slash, and the SHA-256 of the payload in hex. A device that
   * sends the very same reading with the very same {@code timestamp_ms} twice is taken for one
   * message.
   *
   * @return the key; computed at each call
   */
  String deduplicationKey();
}
