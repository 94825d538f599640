package io.nnnco.nhub;

import java.nio.file.Path;

/** Eclipse Mosquitto. */
class MosquittoWatchedIdentityTest extends WatchedIdentityContract {
  @Override
  IssuingBroker start(Path folder) throws Exception {
    return BrokerFixture.mosquitto(folder);
  }
}
