package io.nnnco.nhub.testkit.contract;

import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.nio.file.Path;

/** {@link AlertContract} of the fake. */
final class FakeAlertTest extends AlertContract {
  @Override
  ContractServer start(Path folder) {
    return new FakeServer(folder, FakeNHubBuilder::rejectCertificatesInHandshake);
  }
}
