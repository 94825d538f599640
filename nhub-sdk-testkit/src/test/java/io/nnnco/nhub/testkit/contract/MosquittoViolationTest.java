package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link ViolationContract} of the real broker. */
final class MosquittoViolationTest extends ViolationContract {
  @Override
  ContractServer start(Path folder) {
    return new MosquittoServer(folder);
  }
}
