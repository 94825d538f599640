package io.nnnco.nhub;

import java.nio.file.Path;

/** Apache ActiveMQ Artemis, with what it knows on disk. */
class ArtemisDurableResumeTest extends DurableResumeContract<DurableProgram> {
  @Override
  DurableProgram start(Path folder) throws Exception {
    return DurableProgram.artemis(folder);
  }
}
