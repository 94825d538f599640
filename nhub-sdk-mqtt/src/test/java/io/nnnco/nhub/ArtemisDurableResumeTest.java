package io.nnnco.nhub;

import java.nio.file.Path;

/** Apache ActiveMQ Artemis, with what it knows on disk. */
class ArtemisDurableResumeTest extends DurableResumeContract<DurableProgram> {
  @Override
  DurableProgram start(Path folder) throws Exception {
    return DurableProgram.artemis(folder);
  }

  /** It sends some messages after younger ones then: up to 19 of 10,000 in these runs. */
  @Override
  boolean keepsOrder() {
    return false;
  }
}
