package io.nnnco.nhub.stream;

/** The versions of MQTT that the bridge speaks (rule M8). */
public enum MqttVersion {
  /**
   * MQTT 3.1.1. It has no session expiry, no receive maximum and no reasons: a session that is to
   * outlive a connection stays at the bridge until a client of the same id ends it, which {@code
   * close()} does for a subscription that is not durable.
   */
  MQTT_3_1_1,
  /** MQTT 5. */
  MQTT_5
}
