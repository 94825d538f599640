package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a program ends whose {@code main} has returned. */
@Timeout(180)
class KeepJvmRunningTest {
  private final FakeNHub fake = FakeNHub.start();
  private final Path directory;

  KeepJvmRunningTest(@TempDir Path directory) {
    this.directory = directory.resolve("identity");
    fake.identity().save(this.directory);
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private Process start(boolean keep) throws IOException {
    NHubEnvironment environment = fake.environment();
    return new ProcessBuilder(
            ChildJvm.command(
                List.of("-XX:TieredStopAtLevel=1"),
                KeptRunning.class,
                environment.api().toString(),
                environment.mqttHost(),
                String.valueOf(environment.mqttPort()),
                directory.toString(),
                String.valueOf(keep)))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static int exit(Process process) throws InterruptedException {
    assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "it goes on and on");
    return process.exitValue();
  }

  @Test
  void mainReturns_withKeepJvmRunning_receivesUntilTheClientIsClosed() throws Exception {
    Process program = start(true);
    try (BufferedReader lines = program.inputReader(UTF_8)) {
      fake.subscriptions().take(SOON);

      fake.publish(FakeMessage.uplink("FIRST"));
      assertEquals("FIRST [nhub-control]", lines.readLine());
      assertTrue(fake.acks().take(SOON).topic().contains("/FIRST/"));

      fake.publish(FakeMessage.uplink("LAST"));
      assertEquals("LAST [nhub-control]", lines.readLine());
      assertEquals(0, exit(program));
      assertTrue(fake.acks().take(SOON).topic().contains("/LAST/"));
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void mainReturns_byDefault_endsTheJvm() throws Exception {
    Process program = start(false);
    try {
      assertEquals(0, exit(program));
    } finally {
      program.destroyForcibly();
    }
  }
}
