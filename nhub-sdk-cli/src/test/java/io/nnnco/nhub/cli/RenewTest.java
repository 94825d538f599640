package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nhub certs renew} and {@code nhub certs show}. */
@NHubTest
final class RenewTest {
  @TempDir private Path dir = Path.of("unused");

  private ClientIdentity saved() {
    return ClientIdentity.load(dir.resolve("certs"));
  }

  private Result renew(FakeNHub fake, String... more) {
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"certs", "renew", "--out", "certs"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return cli(fake).run(words);
  }

  private Cli cli(FakeNHub fake) {
    Cli cli = new Cli(dir);
    return cli.with(Setting.API_URL, fake.environment().api().toString())
        .with(Setting.TOKEN, fake.adminToken("nnn.acme").reveal());
  }

  private void begin(FakeNHub fake) {
    fake.identities().fresh("nnn.acme").save(dir.resolve("certs"));
  }

  @Test
  void renew_notDue_doesNothing(FakeNHub fake) {
    begin(fake);
    ClientIdentity before = saved();
    Result result = renew(fake, "--if-due");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("Not due: the certificate in certs expires in 36"));
    assertEquals(before, saved());
  }

  @Test
  void renew_evenIfNotDue_issuesAnotherAsTheOneThatIsThere_andALaterRunRevokesThat(FakeNHub fake) {
    begin(fake);
    ClientIdentity before = saved();
    Result result = renew(fake);
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains(saved().fingerprint()), result.out());
    assertFalse(saved().equals(before));
    assertFalse(result.out().contains("revoked"), "the program needs time to go over");
    assertFalse(renew(fake, "--if-due").out().contains("revoked"), "24 hours");

    Result later = renew(fake, "--if-due", "--revoke-old-after", "1ms");

    assertEquals(2, later.lines().size(), later.out());
    assertTrue(later.lines().get(1).startsWith("revoked      "), later.out());
  }

  @Test
  void renew_nothingThere_needsANameAndAKey(FakeNHub fake) {
    renew(fake).assertFailed(ExitCode.MISTAKE, "--api-key", "--name");
    Result result =
        renew(fake, "--api-key", fake.apiKey("nnn.acme").id(), "--name", "New", "--if-due");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains(saved().fingerprint()), result.out());
  }

  @Test
  void renew_certificateOfAnotherPlatform_needsANameAndAKey(FakeNHub fake) {
    try (FakeNHub other = FakeNHub.start()) {
      begin(other);
    }
    renew(fake).assertFailed(ExitCode.MISTAKE, "does not list the certificate", "--name");
  }

  @Test
  void show_aGoodOne_saysAllOfIt(FakeNHub fake) throws IOException {
    begin(fake);
    Result text = new Cli(dir).run("certs", "show", "certs");
    assertEquals(0, text.exit(), text.err());
    assertEquals(
        List.of("subject", "fingerprint", "valid", "expires", "chain", "key"),
        text.lines().stream().map(line -> line.split(" ", 2)[0]).toList());
    assertTrue(text.out().contains(saved().fingerprint()));

    JsonNode json =
        new ObjectMapper().readTree(new Cli(dir).run("certs", "show", "certs", "--json").out());
    assertEquals(saved().fingerprint(), json.get("fingerprint").asText());
    assertTrue(json.get("days_left").asLong() >= 364);
    assertFalse(json.get("issue_unfinished").asBoolean());
  }

  @Test
  void show_namesOfCertManager_areFound(FakeNHub fake) throws IOException {
    begin(fake);
    Path certs = dir.resolve("certs");
    Files.move(certs.resolve("client.crt"), certs.resolve("tls.crt"));
    Files.move(certs.resolve("client.key"), certs.resolve("tls.key"));
    assertEquals(0, new Cli(dir).run("certs", "show", "certs").exit());
  }

  @Test
  void show_whatIsUnfinished_isSaid(FakeNHub fake) throws IOException {
    begin(fake);
    renew(fake);
    Files.createFile(dir.resolve("certs/.issue-intent"));
    Result result = new Cli(dir).run("certs", "show", "certs");
    assertTrue(result.out().contains("nhub certs recover --out certs"), result.out());
    assertTrue(result.out().contains("former       not revoked yet"), result.out());
  }

  @Test
  void show_keyOfAnother_fails(FakeNHub fake) throws IOException {
    begin(fake);
    fake.identities().fresh("nnn.acme").save(dir.resolve("other"));
    Files.copy(
        dir.resolve("other/client.key"),
        dir.resolve("certs/client.key"),
        StandardCopyOption.REPLACE_EXISTING);
    new Cli(dir).run("certs", "show", "certs").assertFailed(ExitCode.FILES, "NHUB-ID-006");
  }

  @Test
  void show_expired_saysWhatItIs_andFails(FakeNHub fake) {
    fake.identities().expired("nnn.acme").save(dir.resolve("certs"));
    Result result = new Cli(dir).run("certs", "show", "certs");
    assertEquals(ExitCode.REFUSED.code(), result.exit());
    assertTrue(result.out().contains("expires      "), result.out());
    assertTrue(result.err().contains("NHUB-ID-008"), result.err());
  }
}
