package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link AlertContract} of the real broker. */
final class MosquittoAlertTest extends AlertContract {
  @Override
  ContractServer start(Path folder) {
    return new MosquittoServer(folder);
  }
}
