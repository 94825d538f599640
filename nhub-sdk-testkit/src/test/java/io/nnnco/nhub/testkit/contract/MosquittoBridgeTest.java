package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link BridgeContract} of the real broker. */
final class MosquittoBridgeTest extends BridgeContract {
  @Override
  ContractServer start(Path folder) {
    return new MosquittoServer(folder);
  }
}
