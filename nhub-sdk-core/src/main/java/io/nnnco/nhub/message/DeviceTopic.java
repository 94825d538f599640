package io.nnnco.nhub.message;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.TopicGrammar;
import java.util.Objects;
import java.util.Optional;

/**
 * The topic of a device's messages, {@code v4/groups/nnn.acme.master/ABC123/uplinks}: a topic name,
 * without wildcards.
 *
 * <p>Immutable.
 *
 * @param enterprise the owner of the device
 * @param deviceId the device, as the topic names it; not empty
 * @param level the last level, which names the kind of message, such as {@code uplinks}; not empty
 */
public record DeviceTopic(Enterprise enterprise, String deviceId, String level) {
  /**
   * Checks the levels.
   *
   * @param enterprise the owner of the device
   * @param deviceId the device
   * @param level the last level
   * @throws IllegalArgumentException if the device or the level is empty or contains {@code /},
   *     {@code +}, {@code #} or U+0000
   */
  public DeviceTopic {
    Objects.requireNonNull(enterprise, "enterprise");
    if (!TopicGrammar.isLevel(deviceId) || !TopicGrammar.isLevel(level)) {
      throw new IllegalArgumentException(
          "A level of a topic must not be empty, or contain \"/\", \"+\", \"#\" or U+0000.");
    }
  }

  /**
   * Parses a topic. Fast enough to be called for each message.
   *
   * @param topic such as {@code v4/groups/nnn.acme.master/ABC123/uplinks}
   * @return its parts, or empty if it is not the topic of a device's messages
   */
  public static Optional<DeviceTopic> parse(String topic) {
    int codeStart = TopicGrammar.ROOT.length();
    int enterpriseEnd = topic.indexOf('/', codeStart);
    int deviceEnd = topic.indexOf('/', enterpriseEnd + 1);
    int codeEnd = enterpriseEnd - TopicGrammar.ENTERPRISE_SUFFIX.length();
    if (enterpriseEnd < 0
        || deviceEnd < 0
        || codeEnd <= codeStart
        || !topic.startsWith(TopicGrammar.ROOT)
        || !topic.startsWith(TopicGrammar.ENTERPRISE_SUFFIX, codeEnd)) {
      return Optional.empty();
    }
    String deviceId = topic.substring(enterpriseEnd + 1, deviceEnd);
    String level = topic.substring(deviceEnd + 1);
    if (!TopicGrammar.isLevel(deviceId) || !TopicGrammar.isLevel(level)) {
      return Optional.empty();
    }
    return Enterprise.parse(topic.substring(codeStart, codeEnd))
        .map(enterprise -> new DeviceTopic(enterprise, deviceId, level));
  }

  /**
   * The kind of message that this topic carries.
   *
   * @return the kind, or empty if this version of the SDK does not know it
   */
  public Optional<MessageKind> kind() {
    return MessageKind.ofTopicLevel(level);
  }

  /** The topic as a string. */
  @Override
  public String toString() {
    return TopicGrammar.topic(enterprise.topicPrefix(), deviceId, level);
  }
}
