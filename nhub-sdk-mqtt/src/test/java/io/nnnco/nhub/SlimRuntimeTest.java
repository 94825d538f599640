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
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Java runtime of the modules that docs/packaging.md names, without JDK Flight Recorder. */
@Timeout(180)
class SlimRuntimeTest {
  @Test
  void runtime_withoutFlightRecorder_receives(@TempDir Path directory) throws Exception {
    try (FakeNHub fake = FakeNHub.start()) {
      Path identity = directory.resolve("identity");
      fake.identity().save(identity);
      NHubEnvironment environment = fake.environment();
      Process process =
          new ProcessBuilder(
                  ChildJvm.command(
                      List.of(
                          "-XX:TieredStopAtLevel=1",
                          "--limit-modules=java.base,java.logging,jdk.crypto.ec"),
                      KeptRunning.class,
                      environment.api().toString(),
                      environment.mqttHost(),
                      String.valueOf(environment.mqttPort()),
                      identity.toString(),
                      "true"))
              .redirectError(Redirect.INHERIT)
              .start();
      fake.subscriptions().take(SOON);
      fake.publish(FakeMessage.uplink("LAST"));

      try (BufferedReader said = process.inputReader(UTF_8)) {
        assertEquals("LAST [nhub-control]", said.readLine());
      }
      assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "it goes on and on");
      assertEquals(0, process.exitValue());
    }
  }
}
