package io.nnnco.nhub;

import java.nio.file.Path;

/** HiveMQ CE as its makers ship it. Needs Docker, and says so where there is none. */
class HiveMqContainerTest extends HiveMqContract {
  @Override
  HiveMq start(Path folder) throws Exception {
    try {
      return HiveMq.inContainer(folder);
    } catch (HiveMq.NoDockerException e) {
      throw didNotRun("HiveMQ container suite did not run: " + e.getMessage());
    }
  }
}
