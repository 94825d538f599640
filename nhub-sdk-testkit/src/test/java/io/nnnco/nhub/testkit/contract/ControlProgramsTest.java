package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.contract.ForeignProcess.Finished;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The whole control API from other languages, each with its standard library alone. The programs
 * are the samples of {@code docs/control-api.md}; {@code ControlGuideTest} compares them.
 */
final class ControlProgramsTest {
  private final FakeNHub fake =
      FakeNHub.builder().clock(VirtualClock.at(Instant.now())).leakCheck(false).control().start();

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void python_drivesEverything() {
    assertRuns("python", "python3", "drive.py");
  }

  @Test
  void node_drivesEverything() {
    assertRuns("node", "node", "drive.mjs");
  }

  private void assertRuns(String folder, String interpreter, String program) {
    List<String> command = List.of(ForeignTools.program(interpreter), program);
    Map<String, String> environment =
        Map.of(
            "FAKE_CONTROL_URL", fake.control().address().toString(),
            "FAKE_CONTROL_TOKEN", fake.control().token().reveal(),
            "PYTHONDONTWRITEBYTECODE", "1");
    Path place = Path.of("src/test", folder, "control").toAbsolutePath();
    try (ForeignProcess process = ForeignProcess.start(place, command, environment)) {
      Finished finished = process.finish();

      assertEquals(0, finished.exit(), finished::output);
      assertTrue(finished.output().endsWith("all done"), finished::output);
    }
  }
}
