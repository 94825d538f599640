package io.nnnco.nhub.diagnosis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A name with several addresses. */
class TcpProbeTest {
  private static final URI API = URI.create("http://localhost:1/");

  private static Finding examine(int port, InetAddress... addresses) {
    Case subject =
        new Case(
            NHubEnvironment.at(API, "localhost", port),
            null,
            null,
            null,
            List.of(),
            InstantSource.system(),
            DiagnosisOptions.of(Enterprise.of("nnn.acme")));
    try (Background background = new Background()) {
      Evidence evidence = new Evidence(subject, background);
      evidence.addresses(List.of(addresses));
      new TcpProbe().examine(evidence);
      return evidence.findings().get(0);
    }
  }

  @Test
  void examine_oneOfTwoAddressesSwallowsPackets_isAWarningThatNamesIt() throws IOException {
    InetAddress good = InetAddress.getByName("127.0.0.1");
    InetAddress dead = InetAddress.getByName("127.0.0.2");
    List<Socket> backlog = new ArrayList<>();
    try (ServerSocket hole = new ServerSocket(0, 1, dead);
        ServerSocket open = new ServerSocket(hole.getLocalPort(), 50, good)) {
      boolean accepts = true;
      while (accepts) {
        Socket socket = new Socket();
        backlog.add(socket);
        try {
          socket.connect(new InetSocketAddress(dead, hole.getLocalPort()), 300);
        } catch (SocketTimeoutException e) {
          accepts = false;
        }
      }

      Finding finding = examine(open.getLocalPort(), dead, good);

      assertEquals(FindingCode.TCP_SOME_DEAD, finding.code());
      assertTrue(finding.evidence().contains("127.0.0.2: no response"), finding::toString);
      assertTrue(finding.evidence().contains("127.0.0.1: accepts"), finding::toString);
    } finally {
      for (Socket socket : backlog) {
        socket.close();
      }
    }
  }

  @Test
  void examine_oneOfTwoAddressesRefuses_isFine_sinceItCostsNoTime() throws IOException {
    InetAddress good = InetAddress.getByName("127.0.0.1");
    try (ServerSocket open = new ServerSocket(0, 50, good)) {
      Finding finding = examine(open.getLocalPort(), InetAddress.getByName("127.0.0.2"), good);

      assertEquals(FindingCode.TCP_OK, finding.code());
    }
  }
}
