package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nhub doctor}: text, JSON, exit codes and the bundle. */
@NHubTest
final class DoctorTest {
  private static final String PASSWORD = "canary-7e51c2";

  @TempDir private Path dir = Path.of("unused");

  @Test
  void allIsWell_isSaid_andExitsWith0() {
    try (FakeNHub fake = FakeNHub.start()) {
      fake.subscriptions().follow(any -> fake.publish(FakeMessage.uplink("A")));

      Result said = Cli.of(fake, dir).run("doctor", "nnn.acme");

      assertEquals(0, said.exit(), said.out());
      assertTrue(said.out().endsWith("\nAll is well.\n"), said.out());
      assertEquals("", said.err());
    }
  }

  @Test
  void noMessage_isAWarning_andExitsWith0(FakeNHub fake) {
    Result said = Cli.of(fake, dir).run("doctor", "nnn.acme", "--wait", "100ms");

    assertEquals(0, said.exit(), said.out());
    assertTrue(said.out().contains("\nwarn: messages.none\n"), said.out());
  }

  @Test
  void classesOfFaults_haveExitCodesOfTheirOwn(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);

    assertEquals(ExitCode.REFUSED.code(), cli.run("doctor", "nnn.other").exit());
    assertEquals(
        ExitCode.UNREACHABLE.code(),
        cli.run("doctor", "nnn.acme", "--mqtt", "localhost:" + ClosedPort.number()).exit());
    assertEquals(ExitCode.FILES.code(), cli.run("doctor", "nnn.acme", "--certs", "nowhere").exit());
    assertEquals(ExitCode.MISTAKE.code(), cli.run("doctor", "not a code").exit());
    assertEquals(
        ExitCode.MISTAKE.code(), cli.without(Setting.CERTS).run("doctor", "nnn.acme").exit());
  }

  @Test
  void withoutATokenAndAnApi_looksAtTheBridge(FakeNHub fake) {
    Result said =
        Cli.of(fake, dir)
            .without(Setting.TOKEN)
            .without(Setting.API_URL)
            .run("doctor", "nnn.acme", "--wait", "100ms");

    assertTrue(
        said.out().contains(", no API, a client certificate, no management token,"), said::out);
    assertTrue(said.out().contains("ok    subscribe "), said::out);
  }

  @Test
  void otherApiKey_isToldFromTheExpectedOne(FakeNHub fake) {
    Result said = Cli.of(fake, dir).run("doctor", "nnn.acme", "--api-key", "mine", "--device", "A");

    assertEquals(ExitCode.REFUSED.code(), said.exit());
    assertTrue(said.out().contains("FAULT: certificate.other_key"), said::out);
    assertTrue(said.out().contains("v4/groups/nnn.acme.master/A/uplinks"), said::out);
  }

  @Test
  void json_isOneObject_withAllFindings(FakeNHub fake) throws IOException {
    Result said = Cli.of(fake, dir).run("doctor", "nnn.other", "--json");

    JsonNode json = new ObjectMapper().readTree(said.out());
    assertEquals("fault", json.required("status").asText());
    assertEquals("subscribe.refused", json.required("verdict").asText());
    assertEquals("v4/groups/nnn.other.master/+/uplinks", json.at("/topic_filters/0").asText());
    assertTrue(json.required("findings").size() >= 12, said::out);
    for (JsonNode finding : json.required("findings")) {
      String step = finding.required("step").asText();
      assertTrue(finding.required("code").asText().startsWith(step + "."), said::out);
      assertEquals(
          List.of("fault", "warning").contains(finding.required("status").asText()),
          !finding.required("fix").asText().isEmpty());
    }
    assertEquals(1, said.lines().size());
  }

  @Test
  void bundle_hasWhatSupportAsksFor_forItsOwnerOnly_andNoSecret(FakeNHub fake) throws IOException {
    Path log = dir.resolve("app.log");
    String key = Files.readString(saved(fake).resolve("client.key"));
    Files.writeString(
        log,
        Stream.iterate(1, n -> n + 1)
                .limit(300)
                .map(n -> "line " + n + "\n")
                .reduce("", String::concat)
            + "password "
            + PASSWORD
            + "\n"
            + key
            + "\u001b[31mlast line");
    Cli cli = Cli.of(fake, dir).with(Setting.PASSWORD, PASSWORD);

    Result said = cli.run("doctor", "nnn.other", "--bundle", "ticket.txt", "--log", "app.log");

    assertTrue(said.err().contains("wrote ticket.txt"), said::err);
    Path file = dir.resolve("ticket.txt");
    String bundle = Files.readString(file);
    for (String part :
        List.of(
            "java.version = " + System.getProperty("java.version"),
            "os.name = ",
            "NHUB_CERTS=certs",
            "FAULT: subscribe.refused",
            "\"verdict\":\"subscribe.refused\"",
            "line 300",
            "last line")) {
      assertTrue(bundle.contains(part), () -> part + " is not in " + bundle);
    }
    assertFalse(bundle.contains("line 50\n"), bundle);
    assertFalse(bundle.contains(PASSWORD), bundle);
    assertFalse(bundle.contains(fake.adminToken().reveal()), bundle);
    key.lines().forEach(line -> assertFalse(bundle.contains(line), bundle));
    assertFalse(bundle.contains("\u001b"), bundle);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> files = Files.list(dir)) {
      assertTrue(
          files.noneMatch(each -> each.toString().toLowerCase(Locale.ROOT).endsWith(".tmp")));
    }
  }

  @Test
  void bundle_logWithSecretsOfOthers_hidesThem(FakeNHub fake) throws IOException {
    String key = Files.readString(saved(fake).resolve("client.key"));
    Files.writeString(
        dir.resolve("app.log"),
        key.substring(key.indexOf('\n') + 1) // Its beginning is further up.
            + """
            proxy http://svc:canary1@proxy:3128 refused user=svc
            Authorization: Bearer canary2.canary2
            Authorization: Token canary3
            {"password":"canary4", "n":1}
            GET /x?access_token=canary5&page=2
            sent with bearer canary6
            """);

    Cli.of(fake, dir).run("doctor", "nnn.other", "--bundle", "ticket.txt", "--log", "app.log");

    String bundle = Files.readString(dir.resolve("ticket.txt"));
    assertFalse(bundle.contains("canary"), bundle);
    key.lines().forEach(line -> assertFalse(bundle.contains(line), bundle));
    assertTrue(bundle.contains("proxy:3128 refused user=svc"), bundle);
    assertTrue(bundle.contains("&page=2"), bundle);
  }

  private Path saved(FakeNHub fake) {
    ClientIdentity identity = fake.identity();
    Path certs = dir.resolve("saved");
    identity.save(certs);
    return certs;
  }

  @Test
  void bundle_thatCannotBeWritten_isTold_afterTheDiagnosis(FakeNHub fake) {
    Result said =
        Cli.of(fake, dir).run("doctor", "nnn.other", "--bundle", "no-such-directory/ticket.txt");

    assertEquals(ExitCode.FILES.code(), said.exit());
    assertTrue(said.out().contains("FAULT: subscribe.refused"), said::out);
    assertTrue(said.err().startsWith("nhub: "), said::err);
  }

  @Test
  void log_withoutABundle_isAMistake(FakeNHub fake) {
    Cli.of(fake, dir)
        .run("doctor", "nnn.acme", "--log", "app.log")
        .assertFailed(ExitCode.MISTAKE, "--bundle");
  }
}
