package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Addresses of a host; two of loopback, which only Linux has unasked. */
@EnabledOnOs(OS.LINUX)
class TlsConnectorTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final TlsConnector connector =
      new TlsConnector(
          new TransportFixture.Request("unused", 1, RawBroker.credentials(), "client").build(),
          PATIENCE,
          phase -> {});

  private static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  @Test
  void openFirst_nobodyAnswersAtTheFirstAddress_takesTheNext() throws IOException {
    List<Socket> fill = new ArrayList<>();
    try (ServerSocket good = new ServerSocket(0, 50, loopback(1));
        ServerSocket full = new ServerSocket(good.getLocalPort(), 1, loopback(2))) {
      fillBacklog(full, fill);
      InetAddress[] addresses = {loopback(2), loopback(1)};
      try (Socket socket = connector.openFirst(addresses, good.getLocalPort())) {
        assertEquals(loopback(1), socket.getInetAddress());
      }
    } finally {
      for (Socket socket : fill) {
        socket.close();
      }
    }
  }

  /** Beyond the backlog Linux answers no SYN. */
  private static void fillBacklog(ServerSocket full, List<Socket> fill) throws IOException {
    while (true) {
      Socket socket = new Socket();
      fill.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(full.getInetAddress(), full.getLocalPort()),
            (int) PATIENCE.toMillis());
      } catch (IOException e) {
        return;
      }
    }
  }
}
