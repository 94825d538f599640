package io.nnnco.nhub;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Moquette 0.17, which speaks 3.1.1 only, with what it knows on disk. */
class MoquetteDurableResumeTest extends DurableResumeContract<DurableProgram> {
  @Override
  DurableProgram start(Path folder) throws Exception {
    return DurableProgram.moquette(folder);
  }

  @Override
  Stream<Speaker> speakers() {
    return Stream.of(Speaker.DIRECT_3_1_1);
  }
}
