package io.nnnco.nhub;

import io.nnnco.nhub.stream.MqttEngine;

/** The acceptance checklist on the SDK's own engine. */
class DirectAcceptanceChecklistTest extends AcceptanceChecklistTest {
  @Override
  MqttEngine engine() {
    return MqttEngine.DIRECT;
  }

  @Override
  int realDrops() {
    return 200;
  }
}
