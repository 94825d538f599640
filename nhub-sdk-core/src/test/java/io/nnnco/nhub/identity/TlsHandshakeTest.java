package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.TestPki.Held;
import java.io.IOException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes on loopback with a server that demands a client certificate. */
@Timeout(300)
class TlsHandshakeTest {
  private static final String HOST = "localhost";

  private final Held root = TestPki.ca("root");
  private final Held server = root.signClient("server");
  private final TrustManager clientsOfRoot = TlsServer.trusting(root.certificate());

  @ParameterizedTest
  @CsvSource({
    "P-256, TLSv1.3", "P-256, TLSv1.2",
    "P-384, TLSv1.3", "P-384, TLSv1.2",
    "P-521, TLSv1.3", "P-521, TLSv1.2",
    "RSA,   TLSv1.3", "RSA,   TLSv1.2"
  })
  void sslContext_anyKey_authenticatesBothSides(String keyType, String protocol) throws Exception {
    Held client = root.signClient("client", keyType);
    try (TlsServer bridge = bridge()) {
      SSLContext context = client.issuedBy(root).sslContext();

      assertEquals(protocol, bridge.connect(context, HOST, protocol));

      assertEquals(List.of(client.certificate()), bridge.shown());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void sslContext_chainAndServerNamingOnlyTheRoot_presentsTheChainWithoutTheRoot(String protocol)
      throws Exception {
    Held upper = root.signCa("upper");
    Held lower = upper.signCa("lower");
    Held client = lower.signClient("client");
    String certificates =
        root.certificatePem()
            + upper.certificatePem()
            + client.certificatePem()
            + lower.certificatePem();
    ClientIdentity identity =
        ClientIdentity.fromPem(certificates, client.keyPem(), root.certificatePem());
    try (TlsServer bridge = bridge()) {
      bridge.connect(identity.sslContext(), HOST, protocol);

      assertEquals(
          List.of(client.certificate(), lower.certificate(), upper.certificate()), bridge.shown());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void sslContext_serverNamingNobodyOrOthers_presentsTheCertificateAllTheSame(String protocol)
      throws Exception {
    Held client = root.signClient("client");
    for (TrustManager trust :
        List.of(
            TlsServer.naming(clientsOfRoot),
            TlsServer.naming(clientsOfRoot, TestPki.ca("other").certificate()))) {
      try (TlsServer bridge = new TlsServer(server, chain(server), trust)) {
        bridge.connect(client.issuedBy(root).sslContext(), HOST, protocol);

        assertEquals(List.of(client.certificate()), bridge.shown());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void sslContext_serverOfAForeignCa_isRefused(String protocol) throws Exception {
    Held foreignServer = TestPki.ca("root").signClient("server");
    Held client = root.signClient("client");
    for (Credentials credentials :
        List.of(
            client.issuedBy(root),
            UsernamePassword.of("api-1", Secret.of("token"), root.certificatePem()))) {
      try (TlsServer bridge = new TlsServer(foreignServer, chain(foreignServer), clientsOfRoot)) {
        SSLHandshakeException e =
            assertThrows(
                SSLHandshakeException.class,
                () -> bridge.connect(credentials.sslContext(), HOST, protocol));

        assertInstanceOf(CertificateException.class, e.getCause());
      }
    }
  }

  @Test
  void sslContext_wrongHostName_isRefusedWhereTheSocketAsksForIt() throws Exception {
    Held elsewhere = root.signCa("elsewhere.example"); // names no host at all
    SSLContext context = root.signClient("client").issuedBy(root).sslContext();
    try (TlsServer bridge = new TlsServer(elsewhere, chain(elsewhere), clientsOfRoot)) {
      SSLHandshakeException e =
          assertThrows(SSLHandshakeException.class, () -> bridge.connect(context, HOST, "TLSv1.3"));

      assertInstanceOf(CertificateException.class, e.getCause());
    }
  }

  @Test
  void sslContext_usernameAndPassword_presentsNoCertificate() throws Exception {
    Credentials credentials =
        UsernamePassword.of("api-1", Secret.of("token"), root.certificatePem());
    try (TlsServer bridge = bridge()) { // which demands one
      assertThrows(
          IOException.class, () -> bridge.connect(credentials.sslContext(), HOST, "TLSv1.3"));
    }
  }

  @Test
  void sslContext_serverThatIsItsOwnCa_isTrusted() throws Exception {
    Held alone = TestPki.selfSigned("alone");
    Held client = root.signClient("client");
    ClientIdentity identity =
        ClientIdentity.fromPem(
            client.certificatePem(),
            client.keyPem(),
            root.certificatePem() + alone.certificatePem());
    try (TlsServer bridge = new TlsServer(alone, chain(alone), clientsOfRoot)) {
      assertEquals("TLSv1.3", bridge.connect(identity.sslContext(), HOST, "TLSv1.3"));
    }
  }

  @Test
  void sslContext_caWithoutExtensions_isTrusted() throws Exception {
    Held plain = TestPki.caWithoutExtensions("plain");
    Held plainServer = plain.signClient("server");
    Held client = plain.signClient("client");
    try (TlsServer bridge =
        new TlsServer(plainServer, chain(plainServer), TlsServer.trusting(plain.certificate()))) {
      assertEquals("TLSv1.3", bridge.connect(client.issuedBy(plain).sslContext(), HOST, "TLSv1.3"));
    }
  }

  @Test
  void sslContext_calledTwice_carriesNoSessionOver() {
    ClientIdentity identity = root.signClient("client").issuedBy(root);

    assertNotSame(identity.sslContext(), identity.sslContext());
  }

  @Test
  void sslContext_anyIdentity_addsNoSecurityProvider() throws Exception {
    try (TlsServer bridge = bridge()) {
      bridge.connect(root.signClient("client").issuedBy(root).sslContext(), HOST, "TLSv1.3");
    }

    assertEquals(
        List.of(),
        Arrays.stream(Security.getProviders())
            .map(provider -> provider.getName())
            .filter(name -> name.startsWith("BC"))
            .toList());
  }

  @Test
  void sslContext_expiredIdentity_isMadeAndRefusedByTheServer() throws Exception {
    Held client = root.signClient("client", TestPki.NOT_BEFORE, TestPki.NOT_BEFORE.plusSeconds(1));
    try (TlsServer bridge = bridge()) {
      SSLContext context = client.issuedBy(root).sslContext();

      assertThrows(IOException.class, () -> bridge.connect(context, HOST, "TLSv1.3"));
    }
  }

  private TlsServer bridge() {
    return new TlsServer(server, chain(server), clientsOfRoot);
  }

  private static List<X509Certificate> chain(Held held) {
    return List.of(held.certificate());
  }
}
