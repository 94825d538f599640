package io.nnnco.nhub;

import io.nnnco.nhub.stream.MqttEngine;
import io.nnnco.nhub.stream.MqttVersion;

/** Who speaks what. */
enum Speaker {
  PAHO_5(MqttEngine.PAHO, MqttVersion.MQTT_5),
  DIRECT_5(MqttEngine.DIRECT, MqttVersion.MQTT_5),
  DIRECT_3_1_1(MqttEngine.DIRECT, MqttVersion.MQTT_3_1_1);

  final MqttEngine engine;
  final MqttVersion version;

  Speaker(MqttEngine engine, MqttVersion version) {
    this.engine = engine;
    this.version = version;
  }
}
