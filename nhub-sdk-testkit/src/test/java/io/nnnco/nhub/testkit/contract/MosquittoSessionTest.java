package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link SessionContract} of the real broker. */
final class MosquittoSessionTest extends SessionContract {
  @Override
  ContractServer start(Path folder) {
    return new MosquittoServer(folder);
  }
}
