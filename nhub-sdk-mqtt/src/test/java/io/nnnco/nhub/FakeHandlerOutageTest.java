package io.nnnco.nhub;

import java.nio.file.Path;

/** The fake does what Mosquitto does. */
class FakeHandlerOutageTest extends HandlerOutageContract<FakeBroker> {
  @Override
  FakeBroker start(Path folder) {
    return new FakeBroker();
  }
}
