package io.nnnco.nhub.stream.error;

import java.util.Locale;

/**
 * Why a server refused or ended a connection: the reason codes of MQTT 5 (section 2.4), to which
 * the return codes of MQTT 3.1.1 are mapped.
 */
public enum ReasonCode {
  /** Reason code 0x00. */
  NORMAL_DISCONNECTION(
      0x00, false, "The server closed the connection in normal operation; the SDK reconnects."),

  /** Reason code 0x80. */
  UNSPECIFIED_ERROR(0x80, false, "The server does not say why; check its log if this repeats."),

  /** Reason code 0x81. */
  MALFORMED_PACKET(
      0x81,
      false,
      "The server could not parse a packet from this SDK; please report it with both versions."),

  /** Reason code 0x82. */
  PROTOCOL_ERROR(
      0x82,
      false,
      "The server regards a packet from this SDK as a violation of MQTT; please report it with both versions."),

  /** Reason code 0x83. */
  IMPLEMENTATION_SPECIFIC_ERROR(
      0x83, false, "The server refuses for a reason of its own; check its log if this repeats."),

  /** Reason code 0x84. */
  UNSUPPORTED_PROTOCOL_VERSION(
      0x84,
      true,
      "The server does not speak this version of MQTT. If it was MQTT 5, choose MqttEngine.DIRECT, which falls back to 3.1.1 by itself, or pin that with SubscribeOptions.protocol(MQTT_3_1_1)."),

  /** Reason code 0x85. */
  CLIENT_IDENTIFIER_NOT_VALID(
      0x85,
      true,
      "The server does not accept the client id; choose a shorter one of letters, digits and hyphens."),

  /** Reason code 0x86. */
  BAD_USER_NAME_OR_PASSWORD(0x86, true, "The user name or the token is wrong."),

  /** Reason code 0x87. */
  NOT_AUTHORIZED(
      0x87, true, "The server recognises the key or certificate, but does not authorize it."),

  /** Reason code 0x88. */
  SERVER_UNAVAILABLE(0x88, false, "The server is not available now; the SDK reconnects."),

  /** Reason code 0x89. */
  SERVER_BUSY(
      0x89, false, "The server is busy; the SDK reconnects, after a longer wait each time."),

  /** Reason code 0x8A. */
  BANNED(0x8A, true, "This client is banned by an administrator; ask N-Hub's support."),

  /** Reason code 0x8B. */
  SERVER_SHUTTING_DOWN(
      0x8B, false, "The server is shutting down, as for a deployment; the SDK reconnects."),

  /** Reason code 0x8C. */
  BAD_AUTHENTICATION_METHOD(
      0x8C,
      true,
      "The server requires another authentication method than a certificate or a user name and token."),

  /** Reason code 0x8D. */
  KEEP_ALIVE_TIMEOUT(
      0x8D,
      false,
      "The server received nothing for 1.5 times the keep-alive; this process may have been suspended."),

  /** Reason code 0x8E. */
  SESSION_TAKEN_OVER(0x8E, true, "Another client uses the same client id."),

  /** Reason code 0x8F. */
  TOPIC_FILTER_INVALID(
      0x8F, true, "The server does not accept the topic filter; check enterprise and device ids."),

  /** Reason code 0x90. */
  TOPIC_NAME_INVALID(
      0x90,
      false,
      "The server objects to a topic name, though this SDK publishes nothing; please report it."),

  /** Reason code 0x91. */
  PACKET_IDENTIFIER_IN_USE(
      0x91,
      false,
      "The server considers a packet id of this SDK to be in use; a new connection fixes this."),

  /** Reason code 0x92. */
  PACKET_IDENTIFIER_NOT_FOUND(
      0x92,
      false,
      "The server does not know an acknowledged packet id; a new connection fixes this."),

  /** Reason code 0x93. */
  RECEIVE_MAXIMUM_EXCEEDED(
      0x93,
      false,
      "The server counts more in flight than allowed, though this SDK publishes nothing; please report it."),

  /** Reason code 0x94. */
  TOPIC_ALIAS_INVALID(
      0x94,
      false,
      "The server objects to a topic alias, though this SDK uses none; please report it."),

  /** Reason code 0x95. */
  PACKET_TOO_LARGE(
      0x95, false, "A packet exceeds what the server accepts; subscribe to fewer devices by name."),

  /** Reason code 0x96. */
  MESSAGE_RATE_TOO_HIGH(
      0x96,
      false,
      "The server considers the message rate too high; the SDK reconnects, after a longer wait each time."),

  /** Reason code 0x97. */
  QUOTA_EXCEEDED(
      0x97, false, "A quota at the server is exhausted; ask N-Hub's support if this repeats."),

  /** Reason code 0x98. */
  ADMINISTRATIVE_ACTION(0x98, false, "An administrator closed the connection; the SDK reconnects."),

  /** Reason code 0x99. */
  PAYLOAD_FORMAT_INVALID(
      0x99,
      false,
      "The server objects to a payload, though this SDK publishes nothing; please report it."),

  /** Reason code 0x9A. */
  RETAIN_NOT_SUPPORTED(
      0x9A,
      false,
      "The server objects to a retained message, though this SDK publishes nothing; please report it."),

  /** Reason code 0x9B. */
  QOS_NOT_SUPPORTED(0x9B, true, "The server does not grant this QoS; ask for the other one."),

  /** Reason code 0x9C. */
  USE_ANOTHER_SERVER(
      0x9C,
      false,
      "The server asks clients to use another server for now; the SDK reconnects to the same host name."),

  /** Reason code 0x9D. */
  SERVER_MOVED(0x9D, true, "The bridge has moved; change the environment's host."),

  /** Reason code 0x9E. */
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(
      0x9E,
      true,
      "The bridge does not support shared subscriptions; divide the work by devices or enterprises instead."),

  /** Reason code 0x9F. */
  CONNECTION_RATE_EXCEEDED(
      0x9F,
      false,
      "Too many connections in a short time; the SDK reconnects, after a longer wait each time."),

  /** Reason code 0xA0. */
  MAXIMUM_CONNECT_TIME(
      0xA0, false, "The server limits how long a connection may last; the SDK reconnects."),

  /** Reason code 0xA1. */
  SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(
      0xA1,
      false,
      "The server objects to subscription identifiers, though this SDK uses none; please report it."),

  /** Reason code 0xA2. */
  WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(
      0xA2, true, "The server does not support wildcards; name the devices one by one."),

  /** A code that neither version of MQTT defines. */
  UNASSIGNED(-1, false, "The code is not one that MQTT defines; look at the server's log.");

  private final int value;
  private final boolean terminal;
  private final String advice;

  ReasonCode(int value, boolean terminal, String advice) {
    this.value = value;
    this.terminal = terminal;
    this.advice = advice;
  }

  /**
   * The reason code with this value (MQTT 5).
   *
   * @param value the byte on the wire, 0 to 255
   * @return the code; {@link #UNASSIGNED} if MQTT defines none
   */
  public static ReasonCode of(int value) {
    for (ReasonCode code : values()) {
      if (code.value == value) {
        return code;
      }
    }
    return UNASSIGNED;
  }

  /**
   * The reason code that means the same as a CONNACK return code of MQTT 3.1.1 (section 3.2.2.3).
   *
   * @param returnCode the byte on the wire, 1 to 5 if it refuses
   * @return the code; {@link #UNASSIGNED} if MQTT defines none
   */
  public static ReasonCode ofReturnCode(int returnCode) {
    return switch (returnCode) {
      case 1 -> UNSUPPORTED_PROTOCOL_VERSION;
      case 2 -> CLIENT_IDENTIFIER_NOT_VALID;
      case 3 -> SERVER_UNAVAILABLE;
      case 4 -> BAD_USER_NAME_OR_PASSWORD;
      case 5 -> NOT_AUTHORIZED;
      default -> UNASSIGNED;
    };
  }

  /**
   * The byte on the wire.
   *
   * @return 0 to 255, or -1 for {@link #UNASSIGNED}
   */
  public int value() {
    return value;
  }

  /**
   * Whether a reconnect cannot fix it.
   *
   * @return true if it ends a subscription, false if the SDK reconnects
   */
  public boolean terminal() {
    return terminal;
  }

  /**
   * What it means, and what to do.
   *
   * @return a sentence
   */
  public String advice() {
    return advice;
  }

  /** Such as {@code not authorized (0x87)}. */
  @Override
  public String toString() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return value < 0 ? words : words + String.format(" (0x%02X)", value);
  }
}
