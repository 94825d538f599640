package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where settings come from, and which of them count. */
@NHubTest
final class TargetTest {
  private static final String WRONG = "localhost:" + ClosedPort.number();

  @TempDir private Path dir = Path.of("unused");

  private static String host(FakeNHub fake) {
    return "localhost:" + fake.environment().mqttPort();
  }

  private void file(String mode, String... lines) throws IOException {
    Path file = Files.writeString(dir.resolve("nhub.properties"), String.join("\n", lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** The enterprise is refused, so the right bridge was asked by the right user. */
  private static void assertReached(Result result) {
    result.assertFailed(ExitCode.REFUSED, "NHUB-SUB-001");
  }

  private static void assertNotReached(Result result) {
    result.assertFailed(ExitCode.UNREACHABLE, "NHUB-NET-002", WRONG);
  }

  @Test
  void option_beatsTheEnvironment_whichBeatsTheFile(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    file("rw-r--r--", "mqtt=" + WRONG);

    assertReached(cli.run("tail", "nnn.other"));
    assertNotReached(cli.run("tail", "nnn.other", "--mqtt", WRONG));
    assertNotReached(cli.without(Setting.MQTT).run("tail", "nnn.other"));
  }

  @Test
  void file_alone_isEnough(FakeNHub fake) throws IOException {
    Cli.of(fake, dir);
    file(
        "rw-------",
        "# all of it",
        "api-url = " + fake.environment().api(),
        "mqtt = " + host(fake),
        "token = " + fake.adminToken().reveal(),
        "certs = certs");

    assertReached(new Cli(dir).run("tail", "nnn.other"));
    Result listed = new Cli(dir).run("certs", "list");
    assertEquals(0, listed.exit(), listed.err());
    assertEquals("", listed.err());
  }

  @Test
  void file_withASecretThatOthersCanRead_warns_andShowsItNot(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    file("rw-r--r--", "token=canary-4f1d9a");

    Result listed = cli.run("certs", "list");

    assertEquals(0, listed.exit(), listed.err());
    assertTrue(listed.err().contains("others can read it: run chmod 600"), listed.err());
    assertFalse(listed.err().contains("canary"), listed.err());
    file("rw-r--r--", "environment=dev-au-03");
    assertEquals("", cli.run("certs", "list").err());
  }

  @Test
  void file_withAnUnknownName_saysWhichThereAre(FakeNHub fake) throws IOException {
    file("rw-------", "tokn=x");

    Result listed = Cli.of(fake, dir).run("certs", "list");

    assertEquals(0, listed.exit());
    assertTrue(listed.err().contains("\"tokn\", which is not one of environment, api-url"));
  }

  @Test
  void file_thatCannotBeRead_isTold(FakeNHub fake) throws IOException {
    Files.createDirectory(dir.resolve("nhub.properties"));
    Cli.of(fake, dir)
        .run("certs", "list")
        .assertFailed(ExitCode.FILES, "Cannot read", "Is a directory");
  }

  @Test
  void file_withABadEscape_isTold_withoutItsText(FakeNHub fake) throws IOException {
    file("rw-------", "token=canary\\users");

    Result listed = Cli.of(fake, dir).run("certs", "list");

    listed.assertFailed(ExitCode.FILES, "nhub.properties", "write \\\\");
    assertFalse(listed.err().contains("canary"));
  }

  @Test
  void name_ofAStrongerSource_beatsAnAddressOfAWeakerOne(FakeNHub fake) throws IOException {
    file("rw-------", "mqtt=" + host(fake));

    Result named =
        Cli.of(fake, dir)
            .without(Setting.MQTT)
            .with(Setting.ENVIRONMENT, "no-such")
            .run("tail", "nnn.other", "--timeout", "5s");

    assertEquals(ExitCode.UNREACHABLE.code(), named.exit());
    assertTrue(named.err().contains("mqtt.no-such.nnnco.io"), named.err());
  }

  @Test
  void secretOfTheEnvironment_isNotSentWhereAFileSays(FakeNHub fake) throws IOException {
    Cli cli =
        Cli.of(fake, dir)
            .without(Setting.API_URL)
            .without(Setting.MQTT)
            .with(Setting.PASSWORD, "canary");
    file("rw-------", "api-url=" + fake.environment().api(), "mqtt=" + host(fake));

    cli.run("certs", "list")
        .assertFailed(ExitCode.MISTAKE, "NHUB_TOKEN is not sent", "Set NHUB_API_URL too");
    cli.run("tail", "nnn.acme", "--username", "svc")
        .assertFailed(ExitCode.MISTAKE, "NHUB_PASSWORD is not sent", "Set NHUB_MQTT too");
    assertEquals(0, fake.requests().all().size());
    // A certificate's key stays at home.
    assertReached(cli.run("tail", "nnn.other"));
  }

  @Test
  void passwordOfTheEnvironment_isNotSentToAServerThatAFileVouchesFor(FakeNHub fake)
      throws IOException {
    var user = fake.usernamePassword();
    Cli cli =
        Cli.of(fake, dir)
            .without(Setting.CERTS)
            .with(Setting.USERNAME, user.username())
            .with(Setting.PASSWORD, user.password().reveal());
    file("rw-------", "certs=certs");

    cli.run("tail", "nnn.other")
        .assertFailed(ExitCode.MISTAKE, "NHUB_PASSWORD is not sent", "Set NHUB_CERTS too");
    assertReached(cli.run("tail", "nnn.other", "--certs", "certs"));
  }

  @Test
  void file_withAByteOrderMark_isRead(FakeNHub fake) throws IOException {
    file("rw-------", "\uFEFFmqtt=" + host(fake), "certs=certs");
    Cli cli = Cli.of(fake, dir).without(Setting.MQTT).without(Setting.CERTS);

    Result read = cli.run("tail", "nnn.other");

    assertReached(read);
    assertFalse(read.err().contains("is not one of"), read.err());
  }

  @Test
  void userName_needsThePassword_andOnlyTheCa(FakeNHub fake) throws IOException {
    var user = fake.usernamePassword();
    Cli cli = Cli.of(fake, dir).with(Setting.USERNAME, user.username());
    Files.delete(dir.resolve("certs/client.key"));

    cli.run("tail", "nnn.other")
        .assertFailed(ExitCode.MISTAKE, "password", "NHUB_PASSWORD", "nhub.properties");
    assertReached(cli.with(Setting.PASSWORD, user.password().reveal()).run("tail", "nnn.other"));
  }

  @Test
  void certificatesOfAnOption_beatAUserNameOfTheEnvironment(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir).with(Setting.USERNAME, "nobody").with(Setting.PASSWORD, "none");

    cli.run("tail", "nnn.other").assertFailed(ExitCode.REFUSED, "NHUB-AUTH-002");
    assertReached(cli.run("tail", "nnn.other", "--certs", "certs"));
  }

  @Test
  void privateKey_thatOthersCanRead_isUsedWithAWarning(FakeNHub fake) throws IOException {
    Cli cli = Cli.of(fake, dir);
    Files.setPosixFilePermissions(
        dir.resolve("certs/client.key"), PosixFilePermissions.fromString("rw-r--r--"));

    Result told = cli.run("tail", "nnn.other");

    assertTrue(told.err().contains("client.key holds a secret, and others can read it"));
    assertTrue(told.err().contains("NHUB-SUB-001"));
  }

  @Test
  void fake_needsNothingElse_andIgnoresTheRest(FakeNHub fake) throws IOException {
    new FakeDirectory(dir.resolve("D")).write(fake, "nnn.acme");
    file("rw-r--r--", "token=wrong", "mqtt=" + WRONG);
    Cli cli =
        new Cli(dir)
            .with(Setting.MQTT, WRONG)
            .with(Setting.TOKEN, "wrong")
            .with(Setting.USERNAME, "nobody")
            .with(Setting.ENVIRONMENT, "no-such");

    assertReached(cli.run("tail", "nnn.other", "--fake", "D"));
    assertEquals(0, cli.run("certs", "list", "--fake", "D").exit());
    assertReached(
        cli.run(
            "tail", "nnn.other", "--fake", "D", "--username", fake.apiKey("nnn.acme").username()));
    assertNotReached(cli.run("tail", "nnn.other", "--fake", "D", "--mqtt", WRONG));
  }

  @Test
  void fake_thatIsNotThere_saysHowToStartIt() throws IOException {
    Cli cli = new Cli(dir);

    cli.run("certs", "list", "--fake", "D")
        .assertFailed(ExitCode.FILES, "fake.json does not exist", "nhub fake --dir");
    Files.writeString(Files.createDirectory(dir.resolve("D")).resolve("fake.json"), "{\"a\": 1}");
    cli.run("certs", "list", "--fake", "D")
        .assertFailed(ExitCode.FILES, "was not written by nhub fake");
  }

  @Test
  void missingSetting_saysWhereToMakeIt(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);

    cli.without(Setting.TOKEN)
        .run("certs", "list")
        .assertFailed(ExitCode.MISTAKE, "token", "NHUB_TOKEN", "nhub.properties", "--fake");
    cli.without(Setting.CERTS)
        .run("tail", "nnn.acme")
        .assertFailed(ExitCode.MISTAKE, "--certs", "NHUB_CERTS", "nhub.properties", "--fake");
    cli.without(Setting.API_URL)
        .run("certs", "list")
        .assertFailed(ExitCode.MISTAKE, "--environment", "NHUB_ENVIRONMENT", "--fake");
    cli.without(Setting.MQTT)
        .run("tail", "nnn.acme")
        .assertFailed(ExitCode.MISTAKE, "--environment", "NHUB_ENVIRONMENT", "--fake");
  }

  @ParameterizedTest
  @CsvSource({
    "MQTT, a:b:c, NHUB_MQTT: \"a:b:c\" is not host:port",
    "MQTT, host:99999, NHUB_MQTT: Not a port",
    "API_URL, not an address, NHUB_API_URL: Not an address such as https",
    "API_URL, http://example.com/, NHUB_API_URL: The API at example.com must be asked over https",
    "API_URL, https://canary:canary@example.com/, NHUB_API_URL: The API's address must not",
  })
  void badSetting_isNamed_andNotQuotedWhereItMayBeSecret(
      Setting setting, String value, String message, @TempDir Path certs) {
    Cli cli = new Cli(dir).with(Setting.TOKEN, "t").with(setting, value);

    Result result =
        setting == Setting.MQTT ? cli.run("tail", "nnn.acme") : cli.run("certs", "list");

    result.assertFailed(ExitCode.MISTAKE, message);
    assertFalse(result.err().contains("canary"));
  }

  @Test
  void bridge_byAnIpv6Address_isUnderstood() {
    Settings settings =
        new Settings(List.of(Settings.variables(Map.of("NHUB_MQTT", "[::1]:1883"))));

    var environment = new Target(settings, dir, warning -> {}).bridge();

    assertEquals("::1", environment.mqttHost());
    assertEquals(1883, environment.mqttPort());
  }
}
