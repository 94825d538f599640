package io.nnnco.nhub.testkit.internal.control.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not finish hinder no others. */
final class ControlServerTest {
  private static final String OK = "HTTP/1.1 200 OK";
  private static final int MORE_THAN_THREADS = 70;

  private final ControlServer server;
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();

  ControlServerTest() throws IOException {
    ControlAddress address = new ControlAddress(InetAddress.getLoopbackAddress(), 0, List.of());
    server = ControlServer.listen(address, "/v1", Duration.ofMillis(500));
  }

  @BeforeEach
  void serve() {
    server.serve(
        Secret.of("t"),
        List.of(
            Route.of("GET", "/a", "a", "Reads.", request -> Reply.text("text/plain", "read")),
            Route.of("GET", "/slow", "slow", "Waits.", request -> whenReleased()),
            Route.of("POST", "/a", "b", "Writes.", request -> Reply.done()).takes(Map.of())),
        Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Reply whenReleased() {
    try {
      release.await();
      return Reply.text("text/plain", "released");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Socket sent(String request) throws IOException {
    Socket socket = new Socket(server.address().getHost(), server.address().getPort());
    sockets.add(socket);
    socket.setSoTimeout(60_000);
    String text = request.replace("HEAD", "Host: localhost:" + server.address().getPort());
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return socket;
  }

  private static boolean ends(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // the response to what cannot be complete, if there is one
      }
      return true;
    } catch (SocketException e) {
      return true; // a reset
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/a HTTP/1.1\r\nHo",
        "POST /v1/a HTTP/1.1\r\nHEAD\r\nAuthorization: Bearer t\r\nContent-Type: application/json"
            + "\r\nContent-Length: 50\r\n\r\n{",
        "POST /v1/a HTTP/1.1\r\nHEAD\r\nContent-Length: 50\r\n\r\n{"
      })
  void request_thatIsNeverFinished_keepsNoThread(String half) throws IOException {
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      sent(half);
    }
    for (Socket socket : List.copyOf(sockets)) {
      assertTrue(ends(socket));
    }

    String status = "";
    for (int i = 0; i < 50 && !status.equals(OK); i++) { // a busy machine may be too slow, too
      Socket whole = sent("GET /v1/a HTTP/1.1\r\nHEAD\r\nAuthorization: Bearer t\r\n\r\n");
      status = new String(whole.getInputStream().readNBytes(OK.length()), US_ASCII);
    }
    assertEquals(OK, status);
  }

  @Test
  void handler_thatTakesItsTime_isNotHurried() throws IOException {
    Socket slow = sent("GET /v1/slow HTTP/1.1\r\nHEAD\r\nAuthorization: Bearer t\r\n\r\n");
    Socket half = sent("GET /v1/a HTTP/1.1\r\nHo");
    assertTrue(ends(half));

    release.countDown();

    assertEquals(OK, new String(slow.getInputStream().readNBytes(OK.length()), US_ASCII));
  }
}
