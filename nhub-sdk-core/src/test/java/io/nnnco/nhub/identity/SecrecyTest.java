package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, passwords and tokens appear in nothing that is printed: promise 8. */
class SecrecyTest {
  private static final String PASSWORD = "canary-password";
  private static final String TOKEN = "canary-token";

  private final TestPki.Held ca = TestPki.ca("CA");
  private final TestPki.Held client = ca.signClient("client");
  private final Path temp;

  SecrecyTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void saveIdentity() throws Exception {
    client.issuedBy(ca).save(temp);
    new OpenSsl(temp)
        .run("pkcs8 -topk8 -v2 aes256 -in client.key -out encrypted -passout pass:" + PASSWORD);
  }

  @Test
  void toString_ofAnything_showsNoSecret() {
    assertHidden(ClientIdentity.load(temp).toString(), client.keyPem());
    assertHidden(
        UsernamePassword.of("api-1", Secret.of(TOKEN), ca.certificatePem()).toString(), TOKEN);
  }

  @Test
  void load_damagedKeys_areNotQuotedInExceptionsOrLog() throws Exception {
    int failures = 0;
    String plain = Files.readString(temp.resolve("client.key"));
    String encrypted = Files.readString(temp.resolve("encrypted"));
    for (String key : List.of(plain, client.keyPem(), encrypted)) {
      for (String damaged : damaged(key)) {
        Files.writeString(temp.resolve("client.key"), damaged);

        StringWriter printed = new StringWriter();
        String log = CapturedLog.of(() -> printFailure(new PrintWriter(printed, true)));

        assertHidden(printed + log, key);
        failures += printed.toString().isEmpty() ? 0 : 1;
      }
    }
    assertTrue(failures > 40, failures + " failures");
  }

  private void printFailure(PrintWriter printed) {
    try {
      ClientIdentity.load(temp, (PASSWORD + "-wrong").toCharArray());
    } catch (RuntimeException e) { // Some of the damage does none.
      assertInstanceOf(IdentityException.class, e);
      e.printStackTrace(printed);
    }
  }

  private static List<String> damaged(String key) {
    List<String> lines = key.lines().toList();
    List<String> damaged = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      damaged.add(String.join("\n", without));
      List<String> changed = new ArrayList<>(lines);
      changed.set(i, "A" + lines.get(i).substring(1));
      damaged.add(String.join("\n", changed));
      changed.set(i, "?" + lines.get(i));
      damaged.add(String.join("\n", changed));
      changed.set(i, "x: " + lines.get(i));
      damaged.add(String.join("\n", changed));
    }
    return damaged;
  }

  /** Neither as text nor, for a key, its number in hexadecimal. */
  private void assertHidden(String printed, String secret) {
    secret
        .lines()
        .filter(line -> !line.startsWith("-----"))
        .forEach(
            line ->
                assertFalse(
                    printed.contains(line.substring(0, Math.min(12, line.length()))), printed));
    byte[] content = client.key().getEncoded();
    String hex = HexFormat.of().formatHex(content, content.length - 16, content.length);
    assertFalse(printed.toLowerCase(Locale.ROOT).contains(hex), printed);
    assertFalse(printed.contains(PASSWORD), printed);
  }
}
