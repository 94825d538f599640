package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that means harm, on a plain socket: it exhausts neither memory nor patience. */
final class HostileApiTest {
  private static final long MIB = 1L << 20;

  private final ServerSocket socket;
  private final AtomicLong sent = new AtomicLong();
  private final VirtualTime time = new VirtualTime();
  private final Management management;
  private volatile String start = "";
  private volatile String forEver = "";

  HostileApiTest() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "hostile-api");
    thread.setDaemon(true);
    thread.start();
    URI base = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/m/");
    management =
        Management.builder(NHubEnvironment.at(base, "localhost", 8883))
            .token(MockApi.TOKEN)
            .retryPolicy(RetryPolicy.none())
            .clock(time)
            .build();
  }

  @AfterEach
  void close() throws IOException {
    management.close();
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        int unused = client.getInputStream().read(new byte[4_096]);
        OutputStream out = client.getOutputStream();
        out.write(start.getBytes(StandardCharsets.ISO_8859_1));
        byte[] more =
            forEver
                .repeat(1 + 65_536 / (1 + forEver.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        while (!forEver.isEmpty()) {
          out.write(more);
          sent.addAndGet(more.length);
        }
      } catch (IOException e) {
        // The client has heard enough.
      }
    }
  }

  @Test
  void response_endlessLengthOfAChunk_isGivenUpAfter16MiB() {
    start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    forEver = "1";

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_UNREADABLE_RESPONSE,
            () -> management.certificates().listPage(1));

    assertTrue(String.valueOf(e.getMessage()).contains("16 MiB"), e.getMessage());
    assertTrue(sent.get() < 32 * MIB, sent + " bytes were sent");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\n', 'X-Header: of any value\r\n'",
    "'HTTP/1.1 200 OK\r\nX-Header: ', x",
    "'', HTTP",
    "'', 'HTTP/1.1 103 Early Hints\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X-Trailer: of any value\r\n'",
  })
  void response_endlessHead_isGivenUpEarly(String begin, String endless) {
    start = begin;
    forEver = endless;

    assertThrows(ManagementException.class, () -> management.certificates().listPage(1));

    assertTrue(sent.get() < 16 * MIB, sent + " bytes were sent");
  }

  @ParameterizedTest
  @CsvSource({"-5", "1e3", "99999999999999999999", "'5, 6'"})
  void post_contentLengthThatMakesNoSense_isAnErrorOfUnknownOutcome(String length) {
    start = "HTTP/1.1 201 Created\r\nContent-Length: " + length + "\r\n\r\n{\"id\"";

    ManagementException e =
        assertThrows(ManagementException.class, () -> management.apiKeys().create("svc"));

    assertTrue(e.outcomeUnknown());
  }

  @Test
  void response_millionsOfSmallValues_isUnreadableAndTakesLittleMemory() {
    String entries = "{\"id\":1},".repeat(844_000);
    start =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
            + (entries.length() + 10)
            + "\r\n\r\n["
            + entries
            + "{\"id\":1}]";
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_UNREADABLE_RESPONSE,
        () -> management.certificates().listPage(1));

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 64 * MIB, allocated / MIB + " MiB were allocated");
  }

  @Test
  void issueTo_contentLengthBelowZero_leavesItsNoteForRecovery(
      @TempDir(factory = InMemory.class) Path directory) {
    try (LossyPlatform platform = new LossyPlatform();
        Management lossy =
            Management.builder(platform.environment()).token(MockApi.TOKEN).clock(time).build()) {
      platform.spoilNextLength();
      assertThrows(
          UnfinishedIssueException.class,
          () -> lossy.certificates().issueTo(directory, CertificateSpec.of("Production", "7d0a")));
      assertTrue(Files.exists(directory.resolve(".issue-intent")));

      Recovery recovery = lossy.certificates().recover(directory);

      assertEquals(Recovery.Outcome.ISSUED_AGAIN, recovery.outcome());
      assertEquals(1, platform.active().size());
      assertFalse(Files.exists(directory.resolve(".issue-intent")));
    }
  }
}
