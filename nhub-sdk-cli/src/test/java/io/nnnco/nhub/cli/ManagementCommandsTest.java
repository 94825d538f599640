package io.nnnco.nhub.cli;

import static io.nnnco.nhub.testkit.Criteria.where;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NHubTest
final class ManagementCommandsTest {
  @TempDir private Path dir = Path.of("unused");

  @Test
  void keysCreate_printsIdAndToken_whichOpenTheBridge(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);

    Result created = cli.run("keys", "create", "svc-mqtt-prod");

    assertEquals(0, created.exit(), created.err());
    assertEquals("svc-mqtt-prod", field(created, "username"));
    assertTrue(created.err().contains("not shown again"), created.err());
    Result used =
        cli.with(Setting.PASSWORD, field(created, "token"))
            .run("tail", "nnn.other", "--username", "svc-mqtt-prod");
    // The user is known there: only the enterprise is refused.
    used.assertFailed(ExitCode.REFUSED, "NHUB-SUB-001");
  }

  @Test
  void certsIssue_savesTheIdentityAndSaysWhere(FakeNHub fake) {
    Result issued = issue(fake, "--validity", "48h");

    assertEquals(0, issued.exit(), issued.err());
    ClientIdentity identity = ClientIdentity.load(dir.resolve("mine"));
    assertEquals(identity.fingerprint(), field(issued, "fingerprint"));
    assertEquals(identity.expiresAt().toString(), field(issued, "expires"));
    fake.requests().verify(where("validity", ManagementCommandsTest::hours, 48));
    assertEquals(
        List.of(
            "saved        mine/client.crt",
            "saved        mine/client.key",
            "saved        mine/ca.crt"),
        issued.lines().stream().filter(line -> line.startsWith("saved")).toList());
  }

  @Test
  void keysCreateAndCertsIssue_asJson_feedEachOther(FakeNHub fake) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Cli cli = Cli.of(fake, dir);

    JsonNode key = mapper.readTree(cli.run("keys", "create", "svc", "--json").out());
    String[] issue = {"certs", "issue", "--json", "--name", "n", "--out", "new", "--api-key"};
    String[] all = Arrays.copyOf(issue, issue.length + 1);
    all[issue.length] = key.get("id").asText();
    Result issued = cli.run(all);

    assertEquals("svc", key.get("username").asText());
    assertFalse(key.get("token").asText().isEmpty());
    JsonNode certificate = mapper.readTree(issued.out());
    assertEquals(
        ClientIdentity.load(dir.resolve("new")).fingerprint(),
        certificate.get("fingerprint").asText());
    assertEquals(4, certificate.size(), "the key is not for the output");
  }

  @Test
  void certsIssue_withoutAValidity_isForAYear(FakeNHub fake) {
    issue(fake);

    fake.requests().verify(where("validity", ManagementCommandsTest::hours, 8_760));
  }

  private static int hours(RequestRecord request) {
    Matcher hours = Pattern.compile("\"validity_hours\": ?(\\d+)").matcher(request.body());
    return hours.find() ? Integer.parseInt(hours.group(1)) : 0;
  }

  @Test
  void certsIssue_whoseResponseIsLost_namesTheCommandThatRecovers(FakeNHub fake) {
    fake.inject(new ApiFault.Only("POST", "mqtt-certificates/", new ApiFault.LoseResponse()));

    issue(fake).assertFailed(ExitCode.UNREACHABLE, "NHUB-API-013", "nhub certs recover");
    issue(fake).assertFailed(ExitCode.UNREACHABLE, "NHUB-API-013");

    Result recovered = Cli.of(fake, dir).run("certs", "recover", "--out", "mine");
    assertEquals(0, recovered.exit(), recovered.err());
    assertTrue(field(recovered, "revoked").length() > 1, recovered.out());
    assertTrue(recovered.out().contains("saved        mine/client.key"), recovered.out());
    ClientIdentity.load(dir.resolve("mine"));
    assertEquals(
        "Nothing was left unfinished in mine.\n",
        Cli.of(fake, dir).run("certs", "recover", "--out", "mine").out());
    assertEquals(
        "Nothing was left unfinished: mien does not exist.\n",
        Cli.of(fake, dir).run("certs", "recover", "--out", "mien").out());
  }

  @Test
  void certsList_isATable_inColoursOnATerminalOnly(FakeNHub fake) {
    issue(fake);
    Cli cli = Cli.of(fake, dir);

    List<String> table = cli.run("certs", "list").lines();

    assertTrue(table.get(0).matches("ID +NAME +STATUS +EXPIRES +API KEY"), table.get(0));
    String row = String.join("\n", table);
    assertTrue(row.matches("(?s).*\\S{36}  Mine +active +20\\S+Z +\\S{36}.*"), row);
    assertFalse(row.contains("\u001b"), row);
    assertTrue(cli.onATerminal().run("certs", "list").out().contains("\u001b[32mactive"));
    assertFalse(cli.with("NO_COLOR", "1").run("certs", "list").out().contains("\u001b"));
  }

  @Test
  void certsList_asJson_isAnObjectALine(FakeNHub fake) throws IOException {
    Result issued = issue(fake);

    Result listed = Cli.of(fake, dir).onATerminal().run("certs", "list", "--json");

    JsonNode mine = named("Mine", listed);
    assertEquals(field(issued, "certificate"), mine.get("id").asText());
    assertEquals(field(issued, "fingerprint"), mine.get("fingerprint").asText());
    assertEquals("active", mine.get("status").asText());
    assertEquals(field(issued, "expires"), mine.get("expires_at").asText());
    List<String> names = new ArrayList<>();
    mine.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of("id", "name", "api_key_id", "status", "fingerprint", "created_at", "expires_at"),
        names);
  }

  @Test
  void certsRevoke_makesTheCertificateUseless(FakeNHub fake) throws IOException {
    String id = field(issue(fake), "certificate");
    Cli cli = Cli.of(fake, dir);

    Result revoked = cli.run("certs", "revoke", id);

    assertEquals(0, revoked.exit(), revoked.err());
    assertEquals("revoked      " + id + "\n", revoked.out());
    assertEquals(
        "revoked", named("Mine", cli.run("certs", "list", "--json")).get("status").asText());
    cli.run("tail", "nnn.acme", "--certs", "mine")
        .assertFailed(ExitCode.REFUSED, "NHUB-AUTH-004", "nhub certs issue");
  }

  @Test
  void certsIssue_beyondTheLimit_saysHowToMakeRoom(FakeNHub fake) {
    fake.identity();
    Result last = issue(fake);
    for (int i = 0; i < 9 && last.exit() == 0; i++) {
      last = issue(fake);
    }

    last.assertFailed(ExitCode.REFUSED, "NHUB-API-012", "nhub certs revoke");
  }

  @Test
  void certsList_ofABusyPlatform_saysThatTryingAgainMayHelp(FakeNHub fake) {
    fake.inject(new ApiFault.Respond(500), Occurrence.always());

    Cli.of(fake, dir)
        .run("certs", "list")
        .assertFailed(ExitCode.UNREACHABLE, "NHUB-API-006", "Retry later");
  }

  private Result issue(FakeNHub fake, String... more) {
    List<String> arguments = new ArrayList<>(List.of("certs", "issue", "--api-key"));
    arguments.add(fake.apiKey("nnn.acme").id());
    arguments.addAll(List.of("--name", "Mine", "--out", "mine"));
    arguments.addAll(List.of(more));
    return Cli.of(fake, dir).run(arguments.toArray(String[]::new));
  }

  private static String field(Result result, String name) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.toString()));
  }

  private static JsonNode named(String name, Result result) throws IOException {
    for (String line : result.lines()) {
      JsonNode certificate = new ObjectMapper().readTree(line);
      if (certificate.get("name").asText().equals(name)) {
        return certificate;
      }
    }
    throw new AssertionError(result.toString());
  }
}
