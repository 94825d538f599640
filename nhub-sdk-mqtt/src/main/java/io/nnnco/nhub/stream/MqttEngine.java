package io.nnnco.nhub.stream;

/**
 * The MQTT implementation under a subscription. Both keep the same promises and pass the same
 * tests; {@code docs/engines.md} lists the differences.
 */
public enum MqttEngine {
  /** Eclipse Paho, shielded from its defects. MQTT 5 only; the default. */
  PAHO,
  /**
   * The SDK's own client, which can only receive. MQTT 5, or 3.1.1 if the bridge does not speak 5;
   * two threads per subscription.
   */
  DIRECT
}
