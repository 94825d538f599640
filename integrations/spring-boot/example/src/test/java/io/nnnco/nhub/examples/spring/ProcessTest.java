package io.nnnco.nhub.examples.spring;

import org.junit.jupiter.api.Test;

/** The application of the guide, as a process. */
class ProcessTest {
  @Test
  void example_onTheFake_logsUplinksUntilSigterm() throws Exception {
    try (ApplicationProcess process =
        new ApplicationProcess(
            Application.class, "--nhub.fake.enabled=true", "--nhub.fake.every=200ms")) {
      process.awaitLine("Started N-Hub listeners: application.log");
      process.awaitLine(": [");
      process.terminate();
    }
  }
}
