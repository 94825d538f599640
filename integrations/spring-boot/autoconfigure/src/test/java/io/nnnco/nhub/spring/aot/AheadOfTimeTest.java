package io.nnnco.nhub.spring.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.spring.Eventually;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.aot.TestContextAotGenerator;

/** Applications whose beans come from the code that Spring generates at build time. */
@NHubTest
class AheadOfTimeTest {
  private static final String[] BUILD = {
    "--server.port=0", "--management.endpoints.web.exposure.include=nhub"
  };

  private static AheadOfTime process(Path directory) {
    AheadOfTime build = new AheadOfTime(directory);
    Settings settings =
        Settings.builder()
            .sourceOutput(build.sources())
            .resourceOutput(build.resources())
            .classOutput(build.classes())
            .groupId("example")
            .artifactId("application")
            .build();
    new SpringApplicationAotProcessor(Thermometer.class, settings, BUILD).process();
    return build;
  }

  @Test
  void application_ofGeneratedCode_receivesAnUplink(FakeNHub fake, @TempDir Path directory)
      throws Exception {
    AheadOfTime build = process(directory);
    build.compile();
    Path certs = directory.resolve("certs");
    fake.identity().save(certs);
    Process process =
        build.start(
            Thermometer.class,
            "--server.port=0",
            "--nhub.api-url=" + fake.environment().api(),
            "--nhub.mqtt=localhost:" + fake.environment().mqttPort(),
            "--nhub.credentials.directory=" + certs);
    try (BufferedReader output = AheadOfTime.output(process)) {
      AheadOfTime.awaitLine(output, "Starting AOT-processed Thermometer");
      AheadOfTime.awaitLine(output, "Started N-Hub listeners");
      Eventually.isTrue("subscribed", () -> fake.subscriptions().all().size() > 0);

      fake.publish(FakeMessage.uplink("A").reading("temperature", 21.5, "°C"));

      assertEquals("heard A 21.5", AheadOfTime.awaitLine(output, "heard A"));
    } finally {
      AheadOfTime.end(process);
    }
  }

  @Test
  void metadata_ofTheApplication_namesWhatIsCalledByReflection(@TempDir Path directory)
      throws Exception {
    String metadata = process(directory).metadata();

    List<String> missing =
        Stream.of(
                "\"heard\"",
                "io.nnnco.nhub.spring.NHubProperties$SubscriptionProperties$Failure",
                "io.nnnco.nhub.spring.fake.FakeNHubProperties",
                "io.nnnco.nhub.spring.actuate.SubscriptionDescriptor$StatsDescriptor",
                "io.nnnco.nhub.spring.NHubConfigurationFailureAnalyzer",
                "java.lang.Thread$Builder",
                "io/nnnco/nhub/management/internal/version.txt",
                "org.eclipse.paho.mqttv5.client.logging.JSR47Logger",
                "org.eclipse.paho.mqttv5.client.internal.nls.logcat")
            .filter(name -> !metadata.contains(name))
            .toList();
    assertEquals(List.of(), missing);
  }

  /** What a test framework does before a test. */
  static final class PreparedTest {
    public static void main(String[] args) throws Exception {
      TestContextManager manager = new TestContextManager(FakeInATest.class);
      manager.prepareTestInstance(new FakeInATest());
      FakeNHub fake = manager.getTestContext().getApplicationContext().getBean(FakeNHub.class);
      fake.publish(FakeMessage.uplink("A").reading("temperature", 3, null));
    }
  }

  @Test
  void fakeOfATest_ofGeneratedCode_delivers(@TempDir Path directory) throws Exception {
    AheadOfTime build = new AheadOfTime(directory);
    new TestContextAotGenerator(new FileSystemGeneratedFiles(directory))
        .processAheadOfTime(Stream.of(FakeInATest.class));
    assertTrue(Files.exists(build.sources()));
    build.compile();
    Process process = build.start(PreparedTest.class);
    try (BufferedReader output = AheadOfTime.output(process)) {
      assertEquals("heard A 3.0", AheadOfTime.awaitLine(output, "heard A"));
    } finally {
      AheadOfTime.end(process);
    }
  }
}
