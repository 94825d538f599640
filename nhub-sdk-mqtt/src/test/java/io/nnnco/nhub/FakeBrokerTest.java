package io.nnnco.nhub;

import java.nio.file.Path;

/** The fake does what real brokers do. */
class FakeBrokerTest extends BrokerContract<FakeBroker> {
  @Override
  FakeBroker start(Path folder) {
    return new FakeBroker();
  }
}
