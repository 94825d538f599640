package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link BridgeContract} of the fake. */
final class FakeBridgeTest extends BridgeContract {
  @Override
  ContractServer start(Path folder) {
    return new FakeServer(folder);
  }
}
