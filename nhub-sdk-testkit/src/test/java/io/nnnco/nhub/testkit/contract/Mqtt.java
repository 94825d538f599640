package io.nnnco.nhub.testkit.contract;

/** The two versions of MQTT that the bridge speaks (M8 in docs/bridge.md). */
enum Mqtt {
  V3_1_1(4, "311"),
  V5(5, "5");

  final int level;

  /** As mosquitto's programs call it. */
  final String option;

  Mqtt(int level, String option) {
    this.level = level;
    this.option = option;
  }
}
