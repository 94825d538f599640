package io.nnnco.nhub;

import java.nio.file.Path;

/** The fake does what Mosquitto does. */
class FakeWatchedIdentityTest extends WatchedIdentityContract {
  @Override
  IssuingBroker start(Path folder) {
    return new FakeBroker();
  }
}
