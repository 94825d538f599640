package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.contract.ForeignProcess.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lines of the platform's own page, run as written but for host, ports and placeholders: each
 * reader of that page can point them at the fake. They stand in {@code src/test/resources}.
 */
final class QuickstartLinesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeNHub fake = FakeNHub.builder().https().leakCheck(false).start();

  /** In this order: a port must not be sought in a token. */
  private final Map<String, String> blanks = new LinkedHashMap<>();

  private final Path folder;

  QuickstartLinesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void fillInWhatAReaderKnows() throws IOException {
    blanks.put("8883", String.valueOf(fake.environment().mqttPort()));
    blanks.put("api.dev-au-03.nnnco.io", fake.environment().api().getAuthority());
    blanks.put("mqtt.dev-au-03.nnnco.io", "localhost");
    blanks.put("<enterprise_code>", "nnn.acme");
    blanks.put("<token>", fake.adminToken().reveal());
    // The machine's own settings for curl, not part of the line: quiet, and trusting the fake.
    Files.writeString(folder.resolve("platform.crt"), fake.caCertificatePem());
    Files.writeString(
        folder.resolve(".curlrc"),
        "silent\nshow-error\ncacert = \"" + folder.resolve("platform.crt") + "\"\n");
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @Tag("R1")
  @Tag("R3")
  void curl_createKey_returnsItsId() throws IOException {
    JsonNode key = createKey();

    assertEquals("svc-mqtt-prod", key.path("username").asText());
    assertEquals(36, key.path("id").asText().length());
  }

  @Test
  @Tag("R4")
  @Tag("R5")
  void curl_createCertificate_returnsThreePemsThatOpensslReads() throws IOException {
    createKey();

    createAndSaveCertificate();

    String dates = shell("dates.sh").output();
    assertTrue(dates.startsWith("notBefore="), dates);
    assertTrue(dates.contains("\nnotAfter="), dates);
    assertOpenssl("verify", "-CAfile", "ca.crt", "client.crt");
    assertOpenssl("pkey", "-in", "client.key", "-noout", "-check");
  }

  private void assertOpenssl(String... options) {
    List<String> command =
        Stream.concat(Stream.of(ForeignTools.program("openssl")), Stream.of(options)).toList();
    try (ForeignProcess openssl = ForeignProcess.start(folder, command, Map.of())) {
      Finished finished = openssl.finish();
      assertEquals(0, finished.exit(), finished::output);
    }
  }

  @Test
  @Tag("R7")
  @Tag("R8")
  void curl_list_showsTheCertificateWithoutItsKey() throws IOException {
    createKey();
    String id = createAndSaveCertificate();

    JsonNode list = json("list.sh");

    assertEquals(1, list.path("count").asInt());
    assertEquals(id, list.path("results").path(0).path("id").asText());
    assertFalse(list.toString().contains("private_key_pem"));
  }

  @Test
  @Tag("R9")
  @Tag("M6")
  void curl_revoke_refusesTheNextMosquittoSub() throws IOException {
    createKey();
    blanks.put("<cert-id>", createAndSaveCertificate());

    shell("revoke.sh");

    assertNotEquals(0, run("mosquitto-certificate.sh").exit());
    assertTrue(fake.connects().take(SOON).reason().contains("revoked"));
  }

  @Test
  @Tag("M3")
  @Tag("M13")
  void mosquittoSub_withCertificate_printsTheUplink() throws IOException {
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("mosquitto-certificate.sh", "sh"), " ", true);
  }

  @Test
  @Tag("M4")
  void mosquittoSub_withPassword_printsTheUplink() throws IOException {
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("mosquitto-password.sh", "sh"), " ", false);
  }

  @Test
  @Tag("M3")
  void mqttJs_withCertificate_printsTheUplink() throws IOException {
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("node-certificate.js", "node"), ": ", true);
  }

  @Test
  @Tag("M4")
  void mqttJs_withPassword_printsTheUplink() throws IOException {
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("node-password.js", "node"), ": ", false);
  }

  @Test
  @Tag("M3")
  void paho_withCertificate_printsTheUplink() throws IOException {
    ForeignTools.pahoForPython();
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("python-certificate.py", "python3"), ": ", true);
  }

  @Test
  @Tag("M4")
  void paho_withPassword_printsTheUplink() throws IOException {
    ForeignTools.pahoForPython();
    createKey();
    createAndSaveCertificate();

    assertPrintsUplinks(start("python-password.py", "python3"), ": ", false);
  }

  private void assertPrintsUplinks(ForeignProcess subscriber, String gap, boolean certificate) {
    try (subscriber) {
      ConnectRecord connect = fake.connects().take(SOON);
      assertTrue(connect.accepted(), connect::toString);
      assertEquals(certificate, connect.certificateFingerprint() != null);
      assertTrue(fake.subscriptions().take(SOON).granted());

      fake.publish(FakeMessage.uplink("ABC123").reading("temperature", 22.5, "\u00b0C"));

      String line = subscriber.awaitLineWith("v4/groups/nnn.acme.master/ABC123/uplinks" + gap);
      assertTrue(line.contains("\"device_id\": \"ABC123\""), line);
    }
  }

  private JsonNode createKey() throws IOException {
    JsonNode key = json("create-key.sh");
    blanks.put("<api-key-uuid>", key.path("id").asText());
    blanks.put("api-sp-global-04f62b", key.path("username").asText());
    blanks.put("YOUR_API_TOKEN", key.path("token").asText());
    return key;
  }

  private String createAndSaveCertificate() throws IOException {
    JsonNode certificate = json("create-certificate.sh");
    for (String field : List.of("certificate_pem", "private_key_pem", "ca_certificate_pem")) {
      blanks.put("<" + field + ">", certificate.path(field).asText());
    }
    shell("save.sh");
    return certificate.path("id").asText();
  }

  private JsonNode json(String lines) throws IOException {
    return JSON.readTree(shell(lines).output());
  }

  private Finished shell(String lines) throws IOException {
    Finished finished = run(lines);
    assertEquals(0, finished.exit(), finished::output);
    return finished;
  }

  private Finished run(String lines) throws IOException {
    try (ForeignProcess shell = start(lines, "sh")) {
      return shell.finish();
    }
  }

  private ForeignProcess start(String lines, String interpreter) throws IOException {
    Path script = Files.writeString(folder.resolve(lines), filledIn(lines));
    return ForeignProcess.start(
        folder,
        List.of("stdbuf", "-oL", ForeignTools.program(interpreter), script.toString()),
        Map.of(
            "CURL_HOME", folder.toString(),
            "NODE_PATH", ForeignTools.node().resolve("node_modules").toString(),
            "PYTHONPATH", ForeignTools.PYTHON.toString(),
            "PYTHONUNBUFFERED", "1"));
  }

  private String filledIn(String lines) throws IOException {
    try (InputStream resource = getClass().getResourceAsStream("/quickstart/" + lines)) {
      if (resource == null) {
        throw new AssertionError("no resource " + lines);
      }
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> blank : blanks.entrySet()) {
        text = text.replace(blank.getKey(), blank.getValue());
      }
      return text;
    }
  }
}
