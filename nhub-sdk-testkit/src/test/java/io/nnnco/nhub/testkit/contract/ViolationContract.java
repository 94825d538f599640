package io.nnnco.nhub.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.identity.ClientIdentity;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks MQTT's rules ends the connection, whatever a client then still sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ViolationContract {
  private static final Path PACKETS = Path.of("src/test/resources/violations/packets.txt");
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String PINGREQ = "c000";
  private static final String PINGRESP = "d000";

  private @Nullable ContractServer server;
  private @Nullable ClientIdentity identity;

  /** Starts a server that allows QoS 0 and 1, and retains nothing. */
  abstract ContractServer start(Path folder);

  @BeforeAll
  void startServer(@TempDir Path folder) {
    server = start(folder);
    identity = ClientIdentity.load(folderOf(server.certificate(ContractServer.ACME)));
  }

  private static Path folderOf(Access access) {
    return requireNonNull(access.ca().getParent());
  }

  @AfterAll
  void stopServer() {
    requireNonNull(server).close();
  }

  /** A packet that breaks a rule. */
  record Violation(String name, int level, String packet) {
    private boolean insteadOfConnect() {
      return name.startsWith("connect ");
    }

    @Override
    public String toString() {
      return name + " (level " + level + ")";
    }
  }

  static Stream<Violation> violations() throws IOException {
    return Files.readAllLines(PACKETS).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" \\| ", -1))
        .map(cells -> new Violation(cells[0], Integer.parseInt(cells[1]), cells[2]));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void packet_thatBreaksARule_endsTheConnection(Violation violation) throws IOException {
    String received =
        exchange(
            violation.insteadOfConnect() ? "" : connect(violation.level()), violation.packet());

    assertEquals(false, received.endsWith(PINGRESP), received);
  }

  @ParameterizedTest
  @CsvSource({"4, ''", "5, 00", "5, 0e260001610001622600016100 0162"})
  void packets_thatBreakNone_keepTheConnection(int level, String properties) throws IOException {
    String received = exchange(connect(level, properties.replace(" ", "")), "");

    assertEquals(true, received.endsWith(PINGRESP), received);
  }

  @Test
  @Tag("M9")
  void will_beyondTheMaximumQos_isRefusedWith9b() throws IOException {
    assertRefused("9b", "101500044d5154540516003c0000016100000177000178");
  }

  @Test
  void will_toBeRetained_isRefusedWith9a() throws IOException {
    assertRefused("9a", "101500044d5154540526003c0000016100000177000178");
  }

  private void assertRefused(String code, String connect) throws IOException {
    assertEquals(code, exchange("", connect).substring(6, 8));
  }

  private static String connect(int level) {
    return connect(level, level == 5 ? "00" : "");
  }

  private static String connect(int level, String properties) {
    String body = "00044d515454" + "%02x".formatted(level) + "02003c" + properties + "000161";
    return "10" + "%02x".formatted(body.length() / 2) + body;
  }

  /** Sends these and a PINGREQ; returns what comes until its response, or the end. */
  private String exchange(String first, String second) throws IOException {
    int port = requireNonNull(server).certificate(ContractServer.ACME).port();
    try (SSLSocket socket =
        (SSLSocket)
            requireNonNull(identity)
                .sslContext()
                .getSocketFactory()
                .createSocket("localhost", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      StringBuilder received = new StringBuilder();
      try {
        socket.getOutputStream().write(HexFormat.of().parseHex(first + second + PINGREQ));
        int next = socket.getInputStream().read();
        while (next >= 0
            && !received.append("%02x".formatted(next)).toString().endsWith(PINGRESP)) {
          next = socket.getInputStream().read();
        }
      } catch (SocketException | SSLException e) {
        // the end, by a reset
      }
      return received.toString();
    }
  }
}
