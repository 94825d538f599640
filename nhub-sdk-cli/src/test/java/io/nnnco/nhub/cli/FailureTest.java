package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong around a command: one line that says what to do, a code, and no secret. */
@NHubTest
final class FailureTest {
  private static final String CANARY = "canary-4f1d9a";

  @TempDir private Path dir = Path.of("unused");

  /** Also with --verbose, which must say more, and no secret either. */
  private void assertFails(Cli cli, ExitCode exitCode, List<String> parts, String... arguments)
      throws IOException {
    cli.run(arguments).assertFailed(exitCode, parts.toArray(String[]::new));

    String[] verbose = Arrays.copyOf(arguments, arguments.length + 1);
    verbose[arguments.length] = "--verbose";
    Result told = cli.run(verbose);
    assertEquals(exitCode.code(), told.exit());
    assertTrue(told.err().contains("\tat io.nnnco.nhub."), told.err());
    assertFalse(told.err().contains(CANARY), told.err());
    Path key = dir.resolve("certs/client.key");
    if (Files.isRegularFile(key)) {
      assertFalse(told.err().contains(Files.readAllLines(key).get(1)), told.err());
    }
  }

  @Test
  void wrongToken(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir).with(Setting.TOKEN, CANARY);

    List<String> parts = List.of("NHUB-API-002", "401", "Check that the token is complete");
    assertFails(cli, ExitCode.REFUSED, parts, "certs", "list");
    assertFails(cli, ExitCode.REFUSED, parts, "keys", "create", "svc");
    assertFails(cli, ExitCode.REFUSED, parts, "certs", "revoke", "some-id");
    String[] issue = {"certs", "issue", "--api-key", "k", "--name", "n", "--out", "new"};
    assertFails(cli, ExitCode.REFUSED, parts, issue);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--token",
        "--Token",
        "--TOKEN",
        "--tok",
        "-token",
        "--password",
        "--api-token",
        "--no-such"
      })
  void secretAsAnOption_isNotEchoed(String option, @TempDir Path empty) {
    Cli cli = new Cli(empty);

    cli.run("certs", "list", option, CANARY).assertFailed(ExitCode.MISTAKE);
    cli.run("certs", "list", option + "=" + CANARY).assertFailed(ExitCode.MISTAKE);
    for (Result said :
        List.of(
            cli.run(option, CANARY),
            cli.run("certs", "list", option, CANARY),
            cli.run("tail", "nnn.acme", option + "=" + CANARY))) {
      assertFalse(said.err().contains(CANARY), said.err());
    }
  }

  @Test
  void tokenWithItsScheme_isAMistakeThatSaysSo(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir).with(Setting.TOKEN, "Bearer " + CANARY);

    Result said = cli.run("certs", "list");

    said.assertFailed(ExitCode.MISTAKE, "NHUB_TOKEN", "without \"Bearer\"");
    assertFalse(said.err().contains(CANARY), said.err());
  }

  @Test
  void wrongPassword(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir).with(Setting.PASSWORD, CANARY);

    assertFails(
        cli,
        ExitCode.REFUSED,
        List.of("NHUB-AUTH-002", "user svc", "Check the API key's user name and token"),
        "tail",
        "nnn.acme",
        "--username",
        "svc");
  }

  @Test
  void wrongEnterprise(FakeNHub fake) throws IOException {
    assertFails(
        Cli.of(fake, dir),
        ExitCode.REFUSED,
        List.of("NHUB-SUB-001", "nnn.other", "Check the enterprise code"),
        "tail",
        "nnn.other");
  }

  @Test
  void notAnEnterprise(FakeNHub fake) throws IOException {
    assertFails(
        Cli.of(fake, dir),
        ExitCode.MISTAKE,
        List.of("Not an enterprise code", "Leave out the"),
        "tail",
        "nnn.acme.master");
  }

  @Test
  void revokedCertificate(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    fake.revoke(fake.identity());

    List<String> parts = List.of("NHUB-AUTH-004", "revoked", "nhub certs issue");
    assertFails(cli, ExitCode.REFUSED, parts, "tail", "nnn.acme");
  }

  @Test
  void certificateRefusedInTheHandshake(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);
    fake.inject(new BridgeFault.RejectCertificate());

    cli.run("tail", "nnn.acme").assertFailed(ExitCode.REFUSED, "NHUB-TLS-004", "issue a new one");
  }

  @Test
  void expiredCertificate(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    fake.identities().expired("nnn.acme").save(dir.resolve("certs"));

    List<String> parts = List.of("NHUB-ID-008", "Renew it with nhub certs renew");
    assertFails(cli, ExitCode.REFUSED, parts, "tail", "nnn.acme");
  }

  @Test
  void serverOfAnotherCa(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);
    fake.inject(new BridgeFault.WrongServerCertificate(ServerCertificate.OTHER_CA));

    cli.run("tail", "nnn.acme").assertFailed(ExitCode.REFUSED, "NHUB-TLS-001", "ca.crt");
  }

  @Test
  void connectionThatBreaksBeforeItStands(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);
    fake.inject(new BridgeFault.Drop(BridgeFault.Moment.SUBSCRIBE));

    cli.run("tail", "nnn.acme")
        .assertFailed(ExitCode.UNREACHABLE, "NHUB-NET-004", "host and port are the bridge");
  }

  @Test
  void unreachableHost(FakeNHub fake) throws IOException {
    int closed = ClosedPort.number();
    Cli cli =
        Cli.of(fake, dir)
            .with(Setting.MQTT, "localhost:" + closed)
            .with(Setting.API_URL, "http://localhost:" + closed + "/")
            .with(Setting.TOKEN, CANARY);

    List<String> mqtt = List.of("NHUB-NET-002", "localhost:" + closed, "Check host and port");
    assertFails(cli, ExitCode.UNREACHABLE, mqtt, "tail", "nnn.acme");
    List<String> api = List.of("NHUB-API-009", "localhost:" + closed, "Check the API's address");
    assertFails(cli, ExitCode.UNREACHABLE, api, "keys", "create", "svc");
  }

  @Test
  void unknownHost(FakeNHub fake) throws IOException {
    List<String> parts = List.of("NHUB-NET-001", "no-such-host.invalid", "DNS");
    assertFails(
        Cli.of(fake, dir).with(Setting.MQTT, "no-such-host.invalid"),
        ExitCode.UNREACHABLE,
        parts,
        "tail",
        "nnn.acme");
  }

  @Test
  void silentBridge(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);
    fake.inject(new BridgeFault.Silence(Moment.CONNECT));

    cli.run("tail", "nnn.acme", "--timeout", "10s")
        .assertFailed(ExitCode.UNREACHABLE, "NHUB-NET-003", "CONNECT");
  }

  @Test
  void unreadableDirectory(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    // A directory in the place of a file cannot be read even by root, as whom tests may run.
    Files.delete(dir.resolve("certs/client.key"));
    Files.createDirectory(dir.resolve("certs/client.key"));

    List<String> parts = List.of("NHUB-ID-011", "client.key", "Run as the owner");
    assertFails(cli, ExitCode.FILES, parts, "tail", "nnn.acme");
  }

  @Test
  void missingDirectory(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir).with(Setting.CERTS, "not-here");

    List<String> parts = List.of("NHUB-ID-010", "not-here", "Check the path");
    assertFails(cli, ExitCode.FILES, parts, "tail", "nnn.acme");
  }

  @Test
  void unwritableDirectory(FakeNHub fake) throws IOException {
    String[] issue = {"certs", "issue", "--api-key", "k", "--name", "n", "--out", "file/new"};
    Files.createFile(dir.resolve("file"));

    List<String> parts = List.of("NHUB-ID-012", "file/new", "choose another directory");
    assertFails(Cli.of(fake, dir), ExitCode.FILES, parts, issue);
    assertEquals(0, fake.requests().all().size(), "asked for a certificate it cannot save");
  }

  @Test
  void unknownCertificate(FakeNHub fake) throws IOException {
    List<String> parts = List.of("NHUB-API-004", "404", "Check the id");
    assertFails(Cli.of(fake, dir), ExitCode.REFUSED, parts, "certs", "revoke", "no-such-id");
  }

  @Test
  void badArguments() {
    Cli cli = new Cli(dir);

    cli.run().assertFailed(ExitCode.MISTAKE, "Missing required subcommand", "nhub --help");
    cli.run("certs").assertFailed(ExitCode.MISTAKE, "subcommand", "nhub certs --help");
    cli.run("tail").assertFailed(ExitCode.MISTAKE, "ENTERPRISE", "nhub tail --help");
    cli.run("keys", "create", " ").assertFailed(ExitCode.MISTAKE, "needs a username");
    cli.run("certs", "issue", "--api-key", "k", "--name", "n", "--out", "o", "--validity", "20y")
        .assertFailed(ExitCode.MISTAKE, "--validity", "is not a time such as 8760h");
    cli.run("certs", "issue", "--api-key", "k", "--name", "n", "--out", "o", "--validity", "90000h")
        .assertFailed(ExitCode.MISTAKE, "1 to 87,600 hours");
  }

  @Test
  void secretAsAnOption_isNotQuoted() {
    for (String[] arguments :
        List.of(
            new String[] {"certs", "list", "--token", CANARY},
            new String[] {"certs", "list", "--token=" + CANARY},
            new String[] {"tail", "nnn.acme", "--password=" + CANARY})) {
      Result result = new Cli(dir).run(arguments);

      result.assertFailed(ExitCode.MISTAKE, "There is no option --", "Set NHUB_");
      assertFalse(result.err().contains(CANARY), result.err());
    }
  }

  @Test
  void fakeThatHasStopped(FakeNHub fake) throws IOException {
    try (FakeNHub stopped = FakeNHub.start()) {
      new FakeDirectory(dir.resolve("D")).write(stopped, "nnn.acme");
    }

    new Cli(dir)
        .run("tail", "nnn.acme", "--fake", "D")
        .assertFailed(ExitCode.UNREACHABLE, "NHUB-NET-002", "Is the fake still running?");
  }

  @Test
  void timeoutBeyondADay(FakeNHub fake) {
    Cli.of(fake, dir)
        .run("certs", "list", "--timeout", "2d")
        .assertFailed(ExitCode.MISTAKE, "at most a day");
  }
}
