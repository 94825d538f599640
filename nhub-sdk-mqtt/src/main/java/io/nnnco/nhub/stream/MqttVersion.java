package io.nnnco.nhub.stream;

/** The versions of MQTT that the bridge speaks. */
public enum MqttVersion {
  /**
   * MQTT 3.1.1. It has no session expiry, no receive maximum and no reason strings: the bridge
   * keeps a session that outlives its connection until a client with the same id ends it, as {@code
   * close()} does for a subscription that is not durable.
   */
  MQTT_3_1_1,
  /** MQTT 5. */
  MQTT_5
}
