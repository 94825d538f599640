package io.nnnco.nhub.stream;

/**
 * Who speaks MQTT for the SDK. Both keep the same promises and pass the same tests; {@code
 * docs/engines.md} has the differences.
 */
public enum MqttEngine {
  /** Eclipse Paho, shielded from its defects. MQTT 5 only; the default. */
  PAHO,
  /**
   * The SDK's own client for receiving. MQTT 5, and 3.1.1 where the bridge does not speak 5; two
   * threads for each subscription.
   */
  DIRECT
}
