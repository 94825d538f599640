package io.nnnco.nhub.diagnosis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.BlackHole;
import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A name with several addresses. */
class TcpProbeTest {
  private static final InetAddress LOOPBACK = address(1);
  private static final InetAddress OTHER = address(2);
  private static final URI API = URI.create("http://localhost:1/");

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

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
    try (BlackHole hole = new BlackHole(OTHER);
        ServerSocket open = new ServerSocket(hole.port(), 50, LOOPBACK)) {
      Finding finding = examine(open.getLocalPort(), OTHER, LOOPBACK);

      assertEquals(FindingCode.TCP_SOME_DEAD, finding.code());
      assertTrue(finding.evidence().contains("127.0.0.2: no response"), finding::toString);
      assertTrue(finding.evidence().contains("127.0.0.1: accepts"), finding::toString);
    }
  }

  @Test
  void examine_oneOfTwoAddressesRefuses_isFine_sinceItCostsNoTime() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 50, LOOPBACK)) {
      Finding finding = examine(open.getLocalPort(), OTHER, LOOPBACK);

      assertEquals(FindingCode.TCP_OK, finding.code());
    }
  }
}
