package io.nnnco.nhub.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.TestPki;
import io.nnnco.nhub.identity.UsernamePassword;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Java runtime without elliptic curves, as jlink makes it of Java 17 to 21. */
@Timeout(300)
final class SlimRuntimeTest extends ProvisioningFixture {
  private static final String LACKING = "NHUB-ID-014: This Java runtime (";
  private static final String ADVICE = "--add-modules";

  SlimRuntimeTest(@TempDir Path temporary) {
    super(temporary);
  }

  @Test
  void load_ecKey_blamesTheRuntimeAndNotThePem() throws Exception {
    TestPki.Held ca = TestPki.ca("CA");
    ca.signClient("client").issuedBy(ca).save(directory());

    assertLacking(inSlimRuntime("load"));
  }

  @Test
  void load_ecKeyOfAnRsaCa_blamesTheRuntimeAndNotThePem() throws Exception {
    TestPki.Held ca = TestPki.ca("CA", "RSA");
    ca.signClient("client").issuedBy(ca).save(directory());

    assertLacking(inSlimRuntime("load"));
  }

  @Test
  void load_rsaKeyOfAnEcCa_blamesTheRuntimeAndNotThePem() throws Exception {
    TestPki.Held ca = TestPki.ca("CA");
    TestPki.Held rsa = TestPki.ca("RSA CA", "RSA");
    Files.createDirectories(directory());
    TestPki.Held client = ca.signClient("client", "RSA");
    Files.writeString(directory().resolve("client.crt"), client.certificatePem());
    Files.writeString(directory().resolve("client.key"), client.keyPem());
    Files.writeString(directory().resolve("ca.crt"), ca.certificatePem() + rsa.certificatePem());

    assertLacking(inSlimRuntime("load"));
  }

  @Test
  void load_ecCaForAUsername_blamesTheRuntime() throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("ca.crt"), TestPki.ca("CA").certificatePem());

    assertLacking(inSlimRuntime("password"));
  }

  @Test
  void load_rsaThroughout_works() throws Exception {
    TestPki.Held ca = TestPki.ca("CA", "RSA");
    ca.signClient("client", "RSA").issuedBy(ca).save(directory());

    assertEquals("done", inSlimRuntime("load"));
  }

  @Test
  void issueTo_noEllipticCurves_asksForNothing() throws Exception {
    assertLacking(inSlimRuntime("issueTo"));

    assertEquals(List.of(), platform.requests());
    assertEquals(List.of(), filesIn(directory()));
  }

  @Test
  void issue_noEllipticCurves_asksForNothing() throws Exception {
    assertLacking(inSlimRuntime("issue"));

    assertEquals(List.of(), platform.requests());
  }

  @Test
  void recover_noEllipticCurves_leavesEverythingToBeRecoveredElsewhere() throws Exception {
    loseAResponse();
    List<String> before = platform.requests();

    assertLacking(inSlimRuntime("recover"));

    assertEquals(before, platform.requests());
    certificates.recover(directory());
    assertExactlyOneLives(directory());
  }

  private static void assertLacking(String said) {
    assertTrue(said.contains(LACKING), said);
    assertTrue(said.contains("elliptic curves"), said);
    assertTrue(said.contains(ADVICE), said);
  }

  private static List<Path> filesIn(Path directory) throws Exception {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  private String inSlimRuntime(String action) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                classPath(),
                SlimRuntime.class.getName(),
                action,
                directory().toString(),
                platform.environment().api().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  /** The same as here, whoever runs the tests. */
  private static String classPath() {
    return SlimRuntimeTest.class.getClassLoader() instanceof URLClassLoader own
        ? Arrays.stream(own.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
        : System.getProperty("java.class.path");
  }

  /** What is done in that runtime; it prints how it ended. */
  static final class SlimRuntime {
    private SlimRuntime() {}

    public static void main(String[] arguments) {
      Security.removeProvider("SunEC");
      Path directory = Path.of(arguments[1]);
      try {
        if (arguments[0].equals("load")) {
          ClientIdentity.load(directory).sslContext();
        } else if (arguments[0].equals("password")) {
          UsernamePassword.load("api-1", Secret.of("token"), directory.resolve("ca.crt"));
        } else {
          manage(arguments[0], directory, URI.create(arguments[2]));
        }
        System.out.print("done");
      } catch (NHubException e) {
        System.out.print(e);
      }
    }

    private static void manage(String action, Path directory, URI api) {
      NHubEnvironment environment = NHubEnvironment.at(api, "localhost", 8883);
      try (Management management = Management.builder(environment).token(MockApi.TOKEN).build()) {
        Certificates certificates = management.certificates();
        switch (action) {
          case "issue" -> certificates.issue(SPEC);
          case "issueTo" -> certificates.issueTo(directory, SPEC);
          default -> certificates.recover(directory);
        }
      }
    }
  }
}
