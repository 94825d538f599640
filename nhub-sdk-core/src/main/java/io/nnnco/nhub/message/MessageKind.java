package io.nnnco.nhub.message;

import java.util.Optional;

/** The kinds of message that this version of the SDK knows, as topics and messages name them. */
public enum MessageKind {
  /** Data from a device: {@link Uplink}. */
  UPLINK("uplinks", "uplink"),
  /** The confirmation of something sent to a device: {@link Downlink}. */
  DOWNLINK("downlinks", "downlink"),
  /** A device that joined the network: {@link Join}. */
  JOIN("joins", "join");

  private static final MessageKind[] ALL = values();

  private final String topicLevel;
  private final String messageType;

  MessageKind(String topicLevel, String messageType) {
    this.topicLevel = topicLevel;
    this.messageType = messageType;
  }

  /**
   * The last level of the topics that carry this kind.
   *
   * @return such as {@code uplinks}
   */
  public String topicLevel() {
    return topicLevel;
  }

  /**
   * The type that such a message gives for itself.
   *
   * @return such as {@code uplink}
   */
  public String messageType() {
    return messageType;
  }

  /**
   * The kind that topics with this last level carry.
   *
   * @param level such as {@code uplinks}; case matters
   * @return the kind, or empty if this version does not know it
   */
  public static Optional<MessageKind> ofTopicLevel(String level) {
    for (MessageKind kind : ALL) {
      if (kind.topicLevel.equals(level)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * The kind of a message with this type.
   *
   * @param type such as {@code uplink}; case matters
   * @return the kind, or empty if this version does not know it
   */
  public static Optional<MessageKind> ofMessageType(String type) {
    for (MessageKind kind : ALL) {
      if (kind.messageType.equals(type)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
