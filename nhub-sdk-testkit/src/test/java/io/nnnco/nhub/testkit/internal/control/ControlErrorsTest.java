package io.nnnco.nhub.testkit.internal.control;

import static io.nnnco.nhub.testkit.internal.control.ControlCaller.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: each gets a clear problem, and none hinders the fake. */
final class ControlErrorsTest {
  private final FakeNHub fake = FakeNHub.builder().control().start();
  private final ControlCaller caller = new ControlCaller(fake);

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void control_ofAFakeWithoutOne_saysHowToGetIt() {
    try (FakeNHub plain = FakeNHub.start()) {
      String message =
          String.valueOf(assertThrows(IllegalStateException.class, plain::control).getMessage());

      assertTrue(message.contains("FakeNHub.builder().control()"), message);
    }
  }

  @Test
  void request_withoutToken_getsAChallenge() {
    var response = caller.send(HttpRequest.newBuilder(fake.control().address()));

    assertTrue(problem(401, response).contains("Authorization: Bearer TOKEN is missing"));
    assertTrue(response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
  }

  @Test
  void request_withAWrongToken_isRefusedWithoutEitherToken() {
    var response =
        caller.send(
            HttpRequest.newBuilder(URI.create(fake.control().address() + "/nowhere"))
                .header("Authorization", "Bearer wrong-one"));

    String detail = problem(401, response);
    assertTrue(detail.startsWith("This is not the token"), detail);
    assertFalse(detail.contains("wrong-one"), detail);
    assertFalse(detail.contains(fake.control().token().reveal()), detail);
  }

  @Test
  void scheme_inLowerCase_isAccepted() {
    var request =
        HttpRequest.newBuilder(fake.control().address())
            .header("Authorization", "bearer " + fake.control().token().reveal());

    assertEquals(200, caller.send(request).statusCode());
  }

  @Test
  void host_ofAnotherName_isMisdirected() throws IOException {
    assertTrue(statusOfHost("evil.example:" + port()).contains(" 421 "));
    assertTrue(statusOfHost("127.0.0.1:1").contains(" 421 "));
    assertTrue(statusOfHost("localhost:" + port()).contains(" 401 "));
  }

  private int port() {
    return fake.control().address().getPort();
  }

  private String statusOfHost(String host) throws IOException {
    try (Socket socket = new Socket(fake.control().address().getHost(), port())) {
      String request = "GET /control/v1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void path_unknown_isNotFound() {
    String detail = problem(404, caller.get("/fault"));

    assertTrue(detail.contains("/control/v1/fault"), detail);
    assertTrue(detail.contains("/control/v1/openapi.json"), detail);
  }

  @Test
  void method_wrong_namesTheRightOnes() {
    var response = caller.send(caller.request("/faults").PUT(BodyPublishers.noBody()));

    assertTrue(problem(405, response).contains("has no PUT"));
    assertEquals("DELETE, GET, POST", response.headers().firstValue("Allow").orElse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/faults | {\"name\": \"Nix\"} | There is no fault Nix; there are: ApiFault.Delay,",
        "/faults | {\"name\": \"BridgeFault.Drop\"} | parameters.at is required: one of CONNECT,",
        "/faults | {\"name\": \"BridgeFault.Drop\", \"parameters\": {\"at\": 1}} | one of CONNECT",
        "/faults | {\"name\": \"ApiFault.Respond\", \"parameters\": {\"status\": 1}} | 200 to 599",
        "/faults | {\"name\": \"ApiFault.Only\", \"parameters\": {\"method\": \"GET\", \"path\": \"\","
            + " \"fault\": {\"name\": \"x\"}}} | There is no fault x",
        "/faults | {\"nam\": \"x\"} | There is no field nam; there are: name, parameters, when.",
        "/faults | {\"name\": \"ApiFault.Reset\", \"when\": {\"times\": 0}} | times >= 1",
        "/faults | {\"name\": \"ApiFault.Reset\", \"when\": {\"clientId\": \"a\"}} | no client id",
        "/faults | {\"name\": 5} | name must be a string, not 5.",
        "/faults | {\"name\": | The body is not JSON",
        "/faults | [] | The body must be a JSON object.",
        "/faults | '' | name is required",
        "/messages | {\"deviceId\": \"a/b\"} | Not a level of a topic",
        "/messages | {\"deviceId\": \"a\", \"times\": 1.5} | times must be an integer, not 1.5.",
        "/messages | {\"deviceId\": \"a\", \"times\": 0} | times must be 1 to 10000",
        "/messages | {\"deviceId\": \"a\", \"at\": \"now\"} | at must be a time such as",
        "/messages | {\"deviceId\": \"a\", \"kind\": \"uplink\"} | one of UPLINK, DOWNLINK, JOIN",
        "/messages | {\"deviceId\": \"a\", \"rawPayload\": \"0g\"} | hexadecimal",
        "/messages | {\"deviceId\": \"a\", \"readings\": [{\"value\": 1}]} | readings[0].channelId",
        "/messages | {\"deviceId\": \"a\", \"enterprise\": \"nnn.x\"} | no enterprise nnn.x",
        "/raw-messages | {\"topic\": \"a/+\"} | Not a topic to publish on",
        "/raw-messages | {\"topic\": \"a\", \"qos\": 2} | QoS 0 and 1, not 2",
        "/raw-messages | {\"topic\": \"a\", \"payloadBase64\": \"?\"} | Base64",
        "/certificates | {\"kind\": \"GOOD\"} | kind must be one of VALID, EXPIRED,",
        "/certificates | {\"enterprise\": \"nnn.x\"} | no enterprise nnn.x",
        "/simulators | {\"devices\": 0} | devices must be 1 to 100000",
        "/simulators | {\"rate\": 0} | A rate above zero",
        "/simulators | {\"phenomena\": {\"RAIN\": 1}} | must be one of LOSS, LOSS_BURSTS, GATEWAY_",
        "/simulators | {\"phenomena\": {\"LOSS\": 1.5}} | A share of 0 to 1 is needed, not 1.5",
        "/simulators | {\"phenomena\": {\"LOSS\": \"x\"}} | phenomena.LOSS must be a number",
        "/simulators | {\"phenomena\": {\"LOSS\": null}} | phenomena.LOSS must be a number",
        "/simulators | {\"phenomena\": [\"LOSS\"]} | phenomena must be an object",
        "/simulators | {\"enterprise\": \"nnn.x\"} | no enterprise nnn.x",
        "/sessions/a/disconnect | {\"reasonCode\": 256} | reasonCode must be 0 to 255",
        "/clock/advance | {\"time\": \"1h\"} | time must be a duration such as",
      })
  void body_malformed_saysWhatIsWrong(String path, String body, String expected) {
    String detail = problem(400, caller.post(path, body));

    assertTrue(detail.contains(expected), detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/journals/acks?afer=1 | There is no parameter afer; there are: after, limit, wait.",
        "/journals/acks?after=x | after must be a number",
        "/journals/acks?limit=1001 | limit must be 0 to 1000",
        "/journals/acks?wait=10 | wait must be a duration such as PT10S",
        "/journals/acks?wait=PT1H | wait must be PT0S to PT1M",
        "/journals/nix | There is no journal nix; there are: requests,",
        "/events?journals=acks,nix | There is no journal nix",
        "/events?rate=0 | rate must be",
      })
  void query_malformed_saysWhatIsWrong(String path, String expected) {
    String detail = problem(400, caller.get(path));

    assertTrue(detail.contains(expected), detail);
  }

  @Test
  void body_ofAnotherType_isUnsupported() {
    var request =
        HttpRequest.newBuilder(URI.create(fake.control().address() + "/faults"))
            .header("Authorization", "Bearer " + fake.control().token().reveal())
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"));

    assertTrue(problem(415, caller.send(request)).contains("Content-Type: application/json"));
  }

  @Test
  void body_tooLarge_isRefused() {
    String text = "{\"topic\": \"a\", \"payload\": \"" + "x".repeat(1 << 20) + "\"}";

    assertTrue(problem(413, caller.post("/raw-messages", text)).contains("1048576 bytes"));
  }

  @ParameterizedTest
  @CsvSource({
    "/sessions/nobody, no session of client nobody",
    "/certificates/nix/revoke, no certificate nix",
    "/keys/nix/deactivate, no API key nix",
    "/simulators/7, No simulator 7",
    "/faults/7777777, no fault 7777777",
  })
  void thing_unknown_isNotFound(String path, String expected) {
    var request = caller.request(path);
    String detail =
        problem(
            404,
            caller.send(
                path.startsWith("/sessions")
                    ? request
                    : path.matches(".*/\\d+")
                        ? request.DELETE()
                        : request.POST(BodyPublishers.noBody())));

    assertTrue(detail.contains(expected), detail);
  }

  @Test
  void clock_ofTheSystem_cannotBeAdvanced() {
    String detail = problem(409, caller.post("/clock/advance", "{\"time\": \"PT1H\"}"));

    assertTrue(detail.contains("VirtualClock"), detail);
  }

  @Test
  void clock_backwards_isRefused() {
    try (FakeNHub timed =
        FakeNHub.builder().clock(VirtualClock.at(Instant.EPOCH)).control().start()) {
      var response = new ControlCaller(timed).post("/clock/advance", "{\"time\": \"-PT1H\"}");

      assertTrue(problem(400, response).contains("goes forward only"));
    }
  }

  @Test
  void port_taken_isSaidAndLeavesNothingBehind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var builder = FakeNHub.builder().control(taken.getLocalPort());

      String message =
          String.valueOf(assertThrows(UncheckedIOException.class, builder::start).getMessage());

      assertTrue(message.contains("control API cannot listen on port"), message);
    }
  }

  @Test
  void token_ofYourChoice_isThatOfTheApi() {
    try (FakeNHub chosen = FakeNHub.builder().controlToken(Secret.of("s3cret")).start()) {
      assertEquals("s3cret", chosen.control().token().reveal());
      assertFalse(chosen.control().toString().contains("s3cret"));
      assertEquals(200, new ControlCaller(chosen).get("").statusCode());
    }
  }
}
