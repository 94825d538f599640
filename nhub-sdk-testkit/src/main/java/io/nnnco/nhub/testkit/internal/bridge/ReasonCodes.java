package io.nnnco.nhub.testkit.internal.bridge;

import java.util.Set;

/** Reason codes of MQTT 5 (section 2.4) that the bridge uses, and their MQTT 3.1.1 equivalents. */
final class ReasonCodes {
  static final int SUCCESS = 0x00;
  static final int NO_MATCHING_SUBSCRIBERS = 0x10;
  static final int NO_SUBSCRIPTION_EXISTED = 0x11;
  static final int MALFORMED_PACKET = 0x81;
  static final int PROTOCOL_ERROR = 0x82;
  static final int UNSUPPORTED_PROTOCOL_VERSION = 0x84;
  static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;
  static final int NOT_AUTHORIZED = 0x87;
  static final int SERVER_SHUTTING_DOWN = 0x8B;
  static final int BAD_AUTHENTICATION_METHOD = 0x8C;
  static final int KEEP_ALIVE_TIMEOUT = 0x8D;
  static final int TOPIC_FILTER_INVALID = 0x8F;
  static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
  static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
  static final int TOPIC_ALIAS_INVALID = 0x94;
  static final int PACKET_TOO_LARGE = 0x95;
  static final int RETAIN_NOT_SUPPORTED = 0x9A;
  static final int QOS_NOT_SUPPORTED = 0x9B;

  /** The only refusal that a SUBACK of MQTT 3.1.1 has. */
  static final int FAILURE = 0x80;

  /** What a client may say in a PUBACK or PUBREC (sections 3.4.2.1 and 3.5.2.1). */
  static final Set<Integer> OF_PUBACK =
      Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);

  /** What a client may say in a PUBREL or PUBCOMP (sections 3.6.2.1 and 3.7.2.1). */
  static final Set<Integer> OF_PUBREL = Set.of(SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

  private ReasonCodes() {}

  /** The nearest return code of an MQTT 3.1.1 CONNACK. */
  static int returnCode(int reasonCode) {
    return switch (reasonCode) {
      case 1, 2, 3, 4, 5 -> reasonCode;
      case 0x84 -> 1;
      case 0x85 -> 2;
      case 0x86 -> 4;
      case 0x80, 0x83, 0x88, 0x89, 0x97, 0x9C, 0x9D, 0x9F -> 3;
      default -> 5;
    };
  }
}
