package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.examples.FirstUplinks;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what README.md, docs/getting-started.md and docs/coming-from.md show. */
@Timeout(300)
class StartingGuideTest {
  private static final Path QUICKSTART_LINES =
      Path.of("../nhub-sdk-testkit/src/test/resources/quickstart");

  /** As in the guides: beside the program, which runs in the directory of this module. */
  private final Path certs = Path.of("certs");

  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void stop() throws IOException {
    fake.close();
    if (Files.exists(certs)) {
      try (Stream<Path> files = Files.walk(certs)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
  }

  @Test
  void guides_everyBlock_isARegionThatRuns() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            List.of(
                Path.of("../README.md"),
                Path.of("../docs/getting-started.md"),
                Path.of("../docs/coming-from.md")),
            Path.of("src/test/java/io/nnnco/nhub/docs/StartingGuideTest.java"),
            Examples.SOURCES.resolve("FirstUplinks.java")));
  }

  @Test
  void readme_printsUplinks() throws Throwable {
    fake.identity().save(certs);
    fake.simulator().rate(20).start();

    List<String> lines = Output.untilFirstMessage(fake, this::readme);

    assertTrue(lines.get(0).startsWith("Uplink[deviceId="), lines::toString);
  }

  private Void readme() throws InterruptedException {
    // tag::readme
    Path certs = Path.of("certs"); // with client.crt, client.key and ca.crt
    NHubEnvironment environment = NHubEnvironment.of("dev-au-03");
    // end::readme
    assertEquals("mqtt.dev-au-03.nnnco.io", environment.mqttHost());
    environment = fake.environment();
    // tag::readme
    try (NHubClient nhub =
        NHubClient.builder(environment).credentials(ClientIdentity.load(certs)).build()) {
      Subscription uplinks = nhub.subscribe("nnn.acme", uplink -> System.out.println(uplink));
      uplinks.awaitClosed();
    }
    // end::readme
    return null;
  }

  @Test
  void firstProgram_sendsUplinks() throws Throwable {
    List<String> lines = Output.of(FirstUplinks::main);

    // Devices go on sending until the third has been noticed.
    List<String> uplinks = lines.subList(1, lines.size());
    assertTrue(uplinks.size() >= 3, lines::toString);
    assertTrue(uplinks.stream().allMatch(line -> line.matches("\\S+ \\[.*=.*]")), lines::toString);
  }

  /** For one who copies it into a file of its own, with the two dependencies and nothing else. */
  @Test
  void firstProgram_compilesAsWritten(@TempDir Path directory) throws IOException {
    String program = DocSnippets.blocks(Path.of("../docs/getting-started.md")).get(0);
    Path source = Files.writeString(directory.resolve("FirstUplinks.java"), program);

    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                ChildJvm.classPath(),
                "-d",
                directory.toString(),
                source.toString());

    assertEquals(0, result);
    assertTrue(Files.exists(directory.resolve("FirstUplinks.class")));
  }

  @Test
  void provision_writesTheThreeFiles() {
    String tokenText = fake.adminToken().reveal();
    NHubEnvironment environment = fake.environment();
    // tag::provision
    Secret token = Secret.of(tokenText); // of a user who may manage API keys
    try (Management management = Management.builder(environment).token(token).build()) {
      ApiKey key = management.apiKeys().create("svc-mqtt-prod");
      management
          .certificates()
          .issueTo(Path.of("certs"), CertificateSpec.of("Production MQTT Client", key.id()));
    }
    // end::provision
    for (String file : List.of("client.crt", "client.key", "ca.crt")) {
      assertTrue(Files.exists(certs.resolve(file)), file);
    }
  }

  @Test
  void onMessage_hasTheSameThingsByName() throws Throwable {
    fake.identity().save(certs);
    NHubEnvironment environment = fake.environment();

    List<String> lines =
        Output.untilFirstMessage(
            fake,
            () -> {
              publishOnceSubscribed();
              // tag::certificate
              ClientIdentity identity = ClientIdentity.load(Path.of("certs"));
              try (NHubClient nhub =
                  NHubClient.builder(environment).credentials(identity).build()) {
                nhub.subscribe(
                        SubscribeOptions.builder("nnn.acme").build(),
                        (message, delivery) ->
                            System.out.println(delivery.topic() + ": " + message))
                    .awaitClosed();
              }
              // end::certificate
              return null;
            });

    assertTrue(
        lines.get(0).startsWith("v4/groups/nnn.acme.master/ABC123/uplinks: Uplink["),
        lines::toString);
  }

  private void publishOnceSubscribed() {
    fake.subscriptions()
        .follow(
            subscribe ->
                fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "°C")));
  }

  @Test
  void password_isTheToken() throws InterruptedException {
    fake.identity().save(certs);
    String tokenText = fake.apiKey("nnn.acme").token().reveal();
    String username = fake.apiKey("nnn.acme").username();
    // tag::password
    UsernamePassword credentials =
        UsernamePassword.load(username, Secret.of(tokenText), Path.of("certs", "ca.crt"));
    // end::password
    try (NHubClient nhub = NHubClient.builder(fake.environment()).credentials(credentials).build();
        Subscription uplinks = nhub.subscribe("nnn.acme", uplink -> {})) {
      uplinks.awaitConnected(Duration.ofSeconds(60));
    }
  }

  @Test
  void topicTable_hasTheFiltersThatTheOptionsComeTo() {
    List<String> prose = Markdown.read(Markdown.ROOT.resolve("docs/coming-from.md")).prose();
    assertRow(prose, SubscribeOptions.builder("nnn.acme").build());
    assertRow(prose, SubscribeOptions.builder("nnn.acme").devices("ABC123").build());
    assertRow(prose, SubscribeOptions.builder("nnn.acme").kinds(MessageKind.DOWNLINK).build());
    assertRow(prose, SubscribeOptions.builder("nnn.acme").kinds(MessageKind.JOIN).build());
    assertRow(prose, SubscribeOptions.builder("nnn.acme").allKinds().build());
    assertRow(prose, SubscribeOptions.builder("nnn.acme").sharedGroup("import").build());
  }

  private static void assertRow(List<String> prose, SubscribeOptions options) {
    String filter = "| `" + options.topicFilters().get(0) + "` |";
    assertTrue(prose.stream().anyMatch(line -> line.startsWith(filter)), filter);
  }

  /** QuickstartLinesTest of the test kit runs those, with the clients they are written for. */
  @Test
  void platformsSnippet_each_isOneThatIsRunAgainstTheFake() throws IOException {
    Set<String> run = new HashSet<>();
    try (Stream<Path> files = Files.list(QUICKSTART_LINES)) {
      for (Path file : files.toList()) {
        run.add(Files.readString(file).strip());
      }
    }
    Markdown page = Markdown.read(Markdown.ROOT.resolve("docs/coming-from.md"));
    List<String> strays =
        page.blocks().stream()
            .filter(block -> !block.language().equals("java"))
            .map(block -> block.text().strip())
            .filter(text -> !run.contains(text))
            .toList();
    assertEquals(List.of(), strays);
    assertTrue(page.blocks("python").size() >= 1 && page.blocks("javascript").size() >= 1);
  }
}
