package io.nnnco.nhub.testkit;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.internal.simulation.Fleet;
import io.nnnco.nhub.testkit.internal.simulation.FleetOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that make a fake like one platform or another, and keep it so. */
final class FaithfulSettingsTest {
  @TempDir private Path directory = Path.of("unused");

  private FakeNHub started() {
    return FakeNHub.builder().stateFile(directory.resolve("fake.state")).start();
  }

  @Test
  void stateFile_ofAnEarlierRun_keepsCaTokenKeyAndCertificate() {
    ClientIdentity identity;
    ClientIdentity revoked;
    String ca;
    String token;
    String key;
    try (FakeNHub first = started()) {
      identity = first.identity();
      revoked = first.identities().revoked(DEFAULT_ENTERPRISE);
      ca = first.caCertificatePem();
      token = first.adminToken().reveal();
      key = first.apiKey(DEFAULT_ENTERPRISE).token().reveal();
    }

    try (FakeNHub second = started()) {
      assertEquals(ca, second.caCertificatePem());
      assertEquals(token, second.adminToken().reveal());
      assertEquals(key, second.apiKey(DEFAULT_ENTERPRISE).token().reveal());
      assertTrue(second.accepts(identity, DEFAULT_ENTERPRISE));
      assertFalse(second.accepts(revoked, DEFAULT_ENTERPRISE));
    }
  }

  @Test
  void stateFile_ofAnEarlierRun_keepsTheTokenOfTheControlApi() {
    Path file = directory.resolve("fake.state");
    String token;
    try (FakeNHub first = FakeNHub.builder().stateFile(file).control().start()) {
      token = first.control().token().reveal();
    }

    try (FakeNHub chosen =
        FakeNHub.builder().stateFile(file).controlToken(Secret.of("mine")).start()) {
      assertEquals("mine", chosen.control().token().reveal());
    }
    try (FakeNHub third = FakeNHub.builder().stateFile(file).control().start()) {
      assertEquals(token, third.control().token().reveal());
    }
  }

  @Test
  void accepts_aCertificateOfAnotherEnterprise_isFalseForThisOne() {
    try (FakeNHub fake = FakeNHub.builder().enterprises("nnn.acme", "nnn.other").start()) {
      ClientIdentity identity = fake.identity("nnn.other");

      assertTrue(fake.accepts(identity, "nnn.other"));
      assertFalse(fake.accepts(identity, "nnn.acme"));
    }
  }

  @Test
  void bind_withAName_hasACertificateForIt() throws Exception {
    InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
    try (FakeNHub fake = FakeNHub.builder().bind(everywhere, "nhub.test").https().start()) {
      assertEquals("nhub.test", fake.environment().mqttHost());
      Socket raw = new Socket(InetAddress.getLoopbackAddress(), fake.environment().mqttPort());
      try (SSLSocket socket =
          (SSLSocket)
              fake.identity()
                  .sslContext()
                  .getSocketFactory()
                  .createSocket(raw, "nhub.test", fake.environment().mqttPort(), true)) {
        SSLParameters checked = socket.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checked);
        socket.startHandshake();
      }
    }
  }

  @Test
  void close_afterAFaultThatNeverHappened_fails() {
    FakeNHub fake = FakeNHub.start();
    fake.inject(new BridgeFault.RefuseConnect(0x88));
    fake.inject(new ApiFault.Reset(), Occurrence.times(2));

    AssertionError error = assertThrows(AssertionError.class, fake::close);

    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("RefuseConnect"), message);
    assertTrue(message.contains("Reset"), message);
  }

  @Test
  void close_afterFaultsThatNeedNotHappen_passes() {
    try (FakeNHub fake = FakeNHub.start()) {
      fake.inject(new BridgeFault.LoseSession(), Occurrence.always());
      fake.inject(new BridgeFault.LoseSession(), Occurrence.randomly(0.5, 1));
    }
    try (FakeNHub fake = FakeNHub.builder().faultCheck(false).start()) {
      fake.inject(new BridgeFault.LoseSession());
    }
    try (FakeNHub fake = FakeNHub.start()) {
      fake.inject(new BridgeFault.LoseSession());
      fake.clearFaults();
    }
  }

  @Test
  void simulator_whosePublishingFails_endsLoudly() {
    FakeNHub fake = FakeNHub.start();
    DeviceSimulator simulator =
        new DeviceSimulator(
            new Fleet(
                new FleetOptions(
                    "nnn.acme",
                    List.of(DeviceModel.values()),
                    Duration.ofMillis(1),
                    0,
                    false,
                    List.of(),
                    Map.of(),
                    0),
                Instant.EPOCH),
            Instant.EPOCH,
            InstantSource.fixed(Instant.EPOCH.plusSeconds(1)),
            message -> {
              throw new IllegalStateException("no room");
            });
    simulator.begin();

    assertThrows(CompletionException.class, () -> simulator.ended().join());
    assertThrows(IllegalStateException.class, simulator::close);
    fake.close();
  }
}
