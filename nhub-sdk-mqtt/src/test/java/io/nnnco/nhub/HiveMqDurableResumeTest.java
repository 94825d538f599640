package io.nnnco.nhub;

import java.nio.file.Path;

/** HiveMQ CE, with what it knows on disk. */
class HiveMqDurableResumeTest extends DurableResumeContract<DurableProgram> {
  @Override
  DurableProgram start(Path folder) throws Exception {
    return DurableProgram.hiveMq(folder);
  }
}
