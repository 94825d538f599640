package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.identity.ClientIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FakeCommandTest {
  @TempDir private Path dir = Path.of("unused");

  private RunningCommand start(String... arguments) {
    return new Cli(dir).start(arguments);
  }

  private JsonNode fakeJson() throws IOException {
    return new ObjectMapper().readTree(dir.resolve("fake.json").toFile());
  }

  @Test
  void fake_withADirectory_putsThereWhatClientsNeed() throws Exception {
    try (RunningCommand running = start("fake", "--dir", dir.toString(), "--enterprise", "nnn.x")) {
      running.awaitLine("mosquitto_sub --cafile " + dir + "/ca.crt");
      running.awaitLine("curl -X POST");
      running.awaitLine("/revoke/");
      JsonNode json = fakeJson();
      HttpRequest list =
          HttpRequest.newBuilder(URI.create(json.get("apiUrl").asText() + "mqtt-certificates/"))
              .header("Authorization", "Bearer " + json.get("adminToken").asText())
              .build();

      assertEquals(
          200, HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).statusCode());
      assertEquals("nnn.x", json.get("enterprise").asText());
      for (String field : new String[] {"apiKeyId", "username", "apiToken"}) {
        assertFalse(json.get(field).asText().isEmpty(), field);
      }
      for (String file : new String[] {"client.key", "fake.json"}) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file))));
      }
      assertEquals(0, running.interrupt());
    }
  }

  @Test
  void fake_whenAClientComes_printsALineForItsConnectAndSubscriptions() throws Exception {
    try (RunningCommand running = start("fake", "--dir", dir.toString())) {
      running.awaitLine("/revoke/");
      int port = fakeJson().get("mqttPort").asInt();
      try (SSLSocket client =
          (SSLSocket)
              ClientIdentity.load(dir)
                  .sslContext()
                  .getSocketFactory()
                  .createSocket("localhost", port)) {
        // MQTT 3.1.1: CONNECT of client "a\nb", then SUBSCRIBE to "x/y", which is out of scope
        client.getOutputStream().write(new byte[] {0x10, 15, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0});
        client.getOutputStream().write(new byte[] {0, 3, 'a', '\n', 'b'});
        client.getOutputStream().write(new byte[] {(byte) 0x82, 8, 0, 1, 0, 3, 'x', '/', 'y', 1});

        assertTrue(running.awaitLine("connect").contains("a?b to nnn.acme (MQTT 3.1.1"));
        String refused = running.awaitLine("REFUSED");
        assertTrue(refused.endsWith("subscription to x/y with 0x80"), refused);
      }
      try (Socket plain = new Socket("localhost", port)) {
        plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        running.awaitLine("REFUSED    TLS handshake");
      }
    }
  }

  @Test
  void fake_byDefault_servesTheControlApiAndKeepsItsAddressAndToken() throws Exception {
    JsonNode before;
    try (RunningCommand running = start("fake", "--dir", dir.toString(), "--devices", "0")) {
      running.awaitLine("Look at it, and poke it: http://127.0.0.1:");
      running.awaitLine("/messages");
      running.awaitLine("/openapi.json");
      before = fakeJson();
      assertEquals(200, controlStatus("/clock", before.get("controlToken").asText()));
      assertEquals(401, controlStatus("/clock", "another"));
      URI page = URI.create(before.get("pageUrl").asText());
      assertEquals("token=" + before.get("controlToken").asText(), page.getFragment());
      HttpRequest open = HttpRequest.newBuilder(page.resolve("/")).build();
      String html = HttpClient.newHttpClient().send(open, BodyHandlers.ofString()).body();
      assertTrue(html.contains("<title>Fake N-Hub</title>"), html);
    }
    try (RunningCommand again = start("fake", "--dir", dir.toString())) {
      again.awaitLine("/openapi.json");
      assertEquals(before, fakeJson());
      assertEquals(200, controlStatus("/simulators", before.get("controlToken").asText()));
    }
  }

  @Test
  void fake_withoutControlForARun_keepsItsTokenForTheNext() throws Exception {
    String token;
    try (RunningCommand running = start("fake", "--dir", dir.toString())) {
      running.awaitLine("/openapi.json");
      token = fakeJson().get("controlToken").asText();
    }
    try (RunningCommand without = start("fake", "--dir", dir.toString(), "--no-control")) {
      without.awaitLine("/revoke/");
      assertFalse(fakeJson().has("controlToken"));
    }
    try (RunningCommand again = start("fake", "--dir", dir.toString())) {
      again.awaitLine("/openapi.json");
      assertEquals(token, fakeJson().get("controlToken").asText());
    }
  }

  private int controlStatus(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(fakeJson().get("controlUrl").asText() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void fake_whoseDevicesAreStoppedByTheControlApi_goesOn() throws Exception {
    try (RunningCommand running = start("fake", "--dir", dir.toString())) {
      running.awaitLine("/openapi.json");
      String token = fakeJson().get("controlToken").asText();
      HttpRequest reset =
          HttpRequest.newBuilder(URI.create(fakeJson().get("controlUrl").asText() + "/reset"))
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();

      HttpClient.newHttpClient().send(reset, BodyHandlers.discarding());

      assertEquals(200, controlStatus("/journals/connects?wait=PT1S", token));
      assertEquals(0, running.interrupt());
    }
  }

  @Test
  void fake_withAClock_standsStillUntilItIsAdvanced() throws Exception {
    try (RunningCommand running =
        start("fake", "--dir", dir.toString(), "--clock", "2026-01-01T00:00:00Z")) {
      running.awaitLine("/openapi.json");
      JsonNode json = fakeJson();
      HttpRequest advance =
          HttpRequest.newBuilder(URI.create(json.get("controlUrl").asText() + "/clock/advance"))
              .header("Authorization", "Bearer " + json.get("controlToken").asText())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"time\": \"PT1H\"}"))
              .build();

      String now = HttpClient.newHttpClient().send(advance, BodyHandlers.ofString()).body();

      assertTrue(now.contains("2026-01-01T01:00:00Z"), now);
    }
  }

  @Test
  void fake_withoutControl_hasNone() throws Exception {
    try (RunningCommand running = start("fake", "--dir", dir.toString(), "--no-control")) {
      running.awaitLine("/revoke/");
      assertFalse(fakeJson().has("controlUrl"));
      assertEquals(0, running.interrupt());
      String rest = running.remainingLines().toString();
      assertFalse(rest.contains("control") || rest.contains("Look at it"), rest);
    }
  }

  @Test
  void fake_startedAgainInADirectory_isTheSameForItsClients() throws Exception {
    JsonNode before;
    String certificate;
    String ca;
    try (RunningCommand running = start("fake", "--dir", dir.toString())) {
      running.awaitLine("/revoke/");
      before = fakeJson();
      certificate = Files.readString(dir.resolve("client.crt"));
      ca = Files.readString(dir.resolve("ca.crt"));
      assertEquals(0, running.interrupt());
    }

    try (RunningCommand running = start("fake", "--dir", dir.toString())) {
      running.awaitLine("/revoke/");

      assertEquals(before, fakeJson());
      assertEquals(certificate, Files.readString(dir.resolve("client.crt")));
      assertEquals(ca, Files.readString(dir.resolve("ca.crt")));
      assertEquals(0, running.interrupt());
    }
  }

  @Test
  void fake_forOtherMachines_isReachedByItsName() throws Exception {
    try (RunningCommand running =
        start(
            "fake",
            "--dir=" + dir,
            "--bind=0.0.0.0",
            "--host=nhub.test",
            "--https",
            "--reject-in-handshake",
            "--grant-foreign")) {
      running.awaitLine("-h nhub.test");

      assertEquals("nhub.test", fakeJson().get("mqttHost").asText());
      assertTrue(fakeJson().get("apiUrl").asText().startsWith("https://nhub.test:"));
      assertTrue(fakeJson().get("controlUrl").asText().startsWith("http://nhub.test:"));
      assertEquals(0, running.interrupt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--max-queued=0, At least one message",
    "--no-such, Unknown option",
    "--mqtt-port=x, is not an int",
    "--mqtt-port=70000, Not a port",
    "--control-port=70000, Not a port",
    "--clock=tomorrow, is not a time",
    "--rate=fast, is not a rate",
    "--rate=0/s, is not a rate",
    "--devices=-1, must not be negative",
    "--enterprise=a/b, Not an enterprise code",
  })
  void fake_withABadOption_saysSoInOneLineAndExitsWith2(String option, String message) {
    assertMistake(message, "fake", option);
  }

  @Test
  void fake_withoutAPlaceForItsFiles_saysSoInOneLineAndExitsWith5() {
    new Cli(dir)
        .run("fake", "--dir=/proc/nothing")
        .assertFailed(ExitCode.FILES, "NHUB-ID-012", "/proc/nothing", "choose another");
  }

  @Test
  void fake_onATakenPort_saysSoInOneLineAndExitsWith2() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      String port = String.valueOf(taken.getLocalPort());

      assertMistake("cannot listen on port " + port, "fake", "--api-port", port);
      assertMistake("cannot listen on port " + port, "fake", "--mqtt-port", port);
      assertMistake("cannot listen on port " + port, "fake", "--control-port", port);
      assertMistake("leave out --no-control", "fake", "--control-port", port, "--no-control");
    }
  }

  private void assertMistake(String message, String... arguments) {
    new Cli(dir).run(arguments).assertFailed(ExitCode.MISTAKE, message);
  }
}
