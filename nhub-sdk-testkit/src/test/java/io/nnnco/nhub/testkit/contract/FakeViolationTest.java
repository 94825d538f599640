package io.nnnco.nhub.testkit.contract;

import java.nio.file.Path;

/** {@link ViolationContract} of the fake. */
final class FakeViolationTest extends ViolationContract {
  @Override
  ContractServer start(Path folder) {
    return new FakeServer(folder);
  }
}
