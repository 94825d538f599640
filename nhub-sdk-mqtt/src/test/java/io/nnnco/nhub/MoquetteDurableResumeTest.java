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

  /**
   * In about one run of five it never sends one of the 10,000, whichever it was: the SDK has
   * handled all that it received.
   */
  @Override
  boolean losesSome() {
    return true;
  }

  /** In about one run of five it did not start again: "a session without expiry instant". */
  @Override
  boolean stopsWithClients() {
    return false;
  }

  @Override
  boolean keepsOrder() {
    return false; // What is missing would count as late.
  }
}
