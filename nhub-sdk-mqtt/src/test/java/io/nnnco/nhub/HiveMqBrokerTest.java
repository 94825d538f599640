package io.nnnco.nhub;

import java.nio.file.Path;

/** HiveMQ CE, embedded in a process of its own. */
class HiveMqBrokerTest extends HiveMqContract {
  @Override
  HiveMq start(Path folder) throws Exception {
    return HiveMq.embedded(folder);
  }
}
