package io.nnnco.nhub.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API does with HTTP itself, byte for byte. */
final class HttpMannersTest {
  private static final String LIST = "/api/v4/manage/mqtt-certificates/";
  private static final String USERS = "/api/v4/manage/users/";

  private final FakeNHub fake = FakeNHub.start();

  @AfterEach
  void stop() {
    fake.close();
  }

  /** The lines of the response to a request that ends its connection. */
  private List<String> exchange(String start, String... headers) throws IOException {
    String head = start + "\r\nHost: localhost\r\n" + String.join("", lines(headers)) + "\r\n";
    try (Socket socket = new Socket("localhost", fake.environment().api().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return reader(socket).lines().toList();
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  private static List<String> lines(String... headers) {
    return List.of(headers).stream().map(header -> header + "\r\n").toList();
  }

  private String authorization(String scheme) {
    return "Authorization: " + scheme + " " + fake.adminToken().reveal();
  }

  private static void assertHeader(String header, List<String> response) {
    assertTrue(
        response.stream()
            .anyMatch(
                line -> line.toLowerCase(Locale.ROOT).equals(header.toLowerCase(Locale.ROOT))),
        () -> header + " is not in " + response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "token", "Token"})
  @Tag("R2")
  void authorization_byASchemeInAnyCase_isAccepted(String scheme) throws IOException {
    List<String> response =
        exchange("GET " + LIST + " HTTP/1.1", authorization(scheme), "Connection: close");

    assertEquals("HTTP/1.1 200 OK", response.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, users/, 400 Bad Request",
    "GET, users/, 405 Method Not Allowed",
    "GET, nothing/, 404 Not Found",
    "GET, users, 301 Moved Permanently",
  })
  void response_ofEachStatus_hasItsReasonPhrase(String method, String path, String status)
      throws IOException {
    List<String> response =
        exchange(
            method + " /api/v4/manage/" + path + " HTTP/1.1",
            authorization("Bearer"),
            "Connection: close");

    assertEquals("HTTP/1.1 " + status, response.get(0));
  }

  @Test
  @Tag("R1")
  void path_withoutItsFinalSlash_isRedirectedBeforeTheTokenIsChecked() throws IOException {
    List<String> response = exchange("GET /api/v4/manage/users?x=1 HTTP/1.1", "Connection: close");

    assertEquals("HTTP/1.1 301 Moved Permanently", response.get(0));
    assertHeader("Location: " + USERS + "?x=1", response);
  }

  @Test
  @Tag("R1")
  void unknownPath_withoutAToken_is404() throws IOException {
    List<String> response = exchange("GET /api/v4/manage/nothing/ HTTP/1.1", "Connection: close");

    assertEquals("HTTP/1.1 404 Not Found", response.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt-certificates/, 'GET, POST, HEAD, OPTIONS'",
    "users/, 'POST, OPTIONS'",
    "mqtt-certificates/x/revoke/, 'POST, OPTIONS'",
  })
  @Tag("R1")
  void methodNotAllowed_always_namesTheAllowedOnes(String path, String allowed) throws IOException {
    List<String> response =
        exchange(
            "DELETE /api/v4/manage/" + path + " HTTP/1.1",
            authorization("Bearer"),
            "Connection: close");

    assertEquals("HTTP/1.1 405 Method Not Allowed", response.get(0));
    assertHeader("Allow: " + allowed, response);
  }

  @Test
  void head_ofAList_isItsHeadersWithoutABody() throws IOException {
    String[] headers = {authorization("Bearer"), "Connection: close"};
    List<String> get = exchange("GET " + LIST + " HTTP/1.1", headers);
    List<String> head = exchange("HEAD " + LIST + " HTTP/1.1", headers);

    assertEquals("HTTP/1.1 200 OK", head.get(0));
    assertHeader("Content-Length: " + get.get(get.size() - 1).length(), head);
    assertEquals("", head.get(head.size() - 1));
  }

  @Test
  void body_thatIsNotUtf8_isNoJson() throws IOException {
    byte[] body = "{\"username\": \"J\u00fcrgen\"}".getBytes(ISO_8859_1);
    String head =
        String.join(
            "\r\n",
            "POST " + USERS + " HTTP/1.1",
            "Host: localhost",
            authorization("Bearer"),
            "Content-Type: application/json",
            "Connection: close",
            "Content-Length: " + body.length + "\r\n\r\n");
    try (Socket socket = new Socket("localhost", fake.environment().api().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);

      List<String> response = reader(socket).lines().toList();

      assertEquals("HTTP/1.1 400 Bad Request", response.get(0));
      assertTrue(response.get(response.size() - 1).contains("'utf-8' codec"), response::toString);
    }
  }

  @Test
  void accept_ofAnotherType_is406() throws IOException {
    List<String> response =
        exchange("GET " + LIST + " HTTP/1.1", "Accept: text/html", "Connection: close");

    assertEquals("HTTP/1.1 406 Not Acceptable", response.get(0));
  }

  @Test
  void http10_withoutKeepAlive_getsItsResponseAndTheEnd() throws IOException {
    List<String> response = exchange("GET " + LIST + " HTTP/1.0", authorization("Bearer"));

    assertEquals("HTTP/1.1 200 OK", response.get(0));
    assertHeader("Connection: close", response);
  }

  @Test
  void expectation_of100Continue_isMetBeforeTheBody() throws IOException {
    String body = "{\"username\": \"svc\"}";
    try (Socket socket = new Socket("localhost", fake.environment().api().getPort())) {
      socket.setSoTimeout(60_000);
      String head =
          String.join(
              "",
              lines(
                  "POST " + USERS + " HTTP/1.1",
                  "Host: localhost",
                  authorization("Bearer"),
                  "Content-Type: application/json",
                  "Content-Length: " + body.length(),
                  "Expect: 100-Continue",
                  ""));
      socket.getOutputStream().write(head.getBytes(UTF_8));
      BufferedReader reader = reader(socket);
      assertTrue(reader.readLine().startsWith("HTTP/1.1 100 "));
      assertEquals("", skipHeaders(reader));

      socket.getOutputStream().write(body.getBytes(UTF_8));
      assertEquals("HTTP/1.1 201 Created", reader.readLine());
    }
  }

  private static String skipHeaders(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    while (!line.isEmpty()) {
      line = reader.readLine();
    }
    return line;
  }

  @Test
  void request_withoutAnExpectation_getsNo100() throws IOException {
    List<String> response =
        exchange("GET " + LIST + " HTTP/1.1", authorization("Bearer"), "Connection: close");

    assertFalse(response.get(0).contains("100"));
  }
}
