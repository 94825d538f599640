package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link SessionContract} of the fake. */
final class FakeSessionTest extends SessionContract {
  @Override
  ContractServer start(Path folder) {
    return new FakeServer(folder);
  }
}
