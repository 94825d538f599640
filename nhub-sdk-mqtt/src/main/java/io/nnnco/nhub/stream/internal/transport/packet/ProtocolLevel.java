package io.nnnco.nhub.stream.internal.transport.packet;

/** The versions of MQTT that are spoken. */
public enum ProtocolLevel {
  /** MQTT 3.1.1. */
  MQTT_3_1_1(4),
  /** MQTT 5. */
  MQTT_5(5);

  private final int value;

  ProtocolLevel(int value) {
    this.value = value;
  }

  /** The byte in a CONNECT (section 3.1.2.2). */
  public int value() {
    return value;
  }
}
