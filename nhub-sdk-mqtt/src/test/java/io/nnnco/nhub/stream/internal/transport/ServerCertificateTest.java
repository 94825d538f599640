package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.error.TlsException;
import io.nnnco.nhub.stream.internal.transport.Certifier.Held;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server is taken for the bridge, in real handshakes; and what is said of the others. */
class ServerCertificateTest {
  private static final Held ROOT = Certifier.authority("root").root();

  private static Credentials user() {
    return UsernamePassword.of("svc", Secret.of("open sesame"), ROOT.pem());
  }

  private static Credentials identity() {
    Held client = Certifier.of("client").by(ROOT);
    return ClientIdentity.fromPem(client.pem(), client.keyPem(), ROOT.pem());
  }

  private static TlsConnector connector(String host, TlsPeer peer, Credentials credentials) {
    return connector(host, peer.port(), credentials, null);
  }

  private static TlsConnector connector(
      String host, int port, Credentials credentials, @Nullable ProxyServer proxy) {
    TransportFixture.Request request =
        new TransportFixture.Request(host, port, credentials, "client");
    request.proxy = proxy;
    return new TlsConnector(request.build(), phase -> {});
  }

  /** Shakes hands, says a byte, and waits for what the server has against it. */
  private static void connect(TlsConnector connector) throws IOException {
    try (SSLSocket socket = connector.connect()) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(1);
      socket.getInputStream().read();
    }
  }

  private static StreamException refused(Credentials credentials, TlsPeer peer) {
    try (peer) {
      TlsConnector connector = connector("localhost", peer, credentials);
      IOException error = assertThrows(IOException.class, () -> connect(connector));
      return connector.failure(connector.phase(), error);
    }
  }

  private static String refused(
      Class<? extends StreamException> type,
      ErrorCode code,
      Credentials credentials,
      TlsPeer peer) {
    StreamException failure = refused(credentials, peer);
    return String.valueOf(Coded.assertInstanceOf(type, code, failure).getMessage());
  }

  private static String refused(
      Class<? extends StreamException> type, ErrorCode code, Held server) {
    return refused(type, code, user(), new TlsPeer(server, tls -> {}));
  }

  private static void assertSays(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  private static Certifier server() {
    return Certifier.of("bridge", "localhost");
  }

  @Test
  void goodCertificate_isTaken() throws Exception {
    try (TlsPeer peer = new TlsPeer(server().by(ROOT), tls -> {})) {
      connect(connector("localhost", peer, user()));
    }
  }

  @Test
  void nameInTheCommonNameOnly_isNoName() {
    assertSays(
        "issued for another name: No subject alternative names present, and a common name does"
            + " not count",
        refused(
            TlsException.class,
            StreamErrorCode.WRONG_HOST_NAME,
            Certifier.of("localhost").by(ROOT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "local*", "*host", "l*t", "*.localhost", "other"})
  void nameThatIsNotTheHosts_isRefused_andIsTold(String name) {
    assertSays(
        "No name matching localhost found; it is for " + name,
        refused(
            TlsException.class,
            StreamErrorCode.WRONG_HOST_NAME,
            Certifier.of("bridge", name).by(ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt.a.example.com,  *.a.example.com, true",
    "MQTT.a.example.com,  *.A.example.com, true",
    "mqtt.a.example.com,  *.example.com,   false",
    "mqtt.a.example.com,  m*.a.example.com, false",
    "mqtt.a.example.com,  mqtt.*.example.com, false",
    "mqtt.a.example.com,  *.*.example.com, false",
    "example.com,         *.com,           false",
    "mqtt.a.example.com., mqtt.a.example.com, true",
    "mqtt_a.example.com,  mqtt_a.example.com, true",
    "mqtt_a.example.com,  *.example.com,   true",
    "mqtt_a.example.com,  mqtt-a.example.com, false",
  })
  void wildcard_standsForTheWholeLeftmostLabel(String host, String name, boolean taken)
      throws Exception {
    try (TlsPeer peer = new TlsPeer(Certifier.of("bridge", name).by(ROOT), tls -> {})) {
      ProxyServer proxy = ProxyServer.http("localhost", peer.behindAProxy().port());
      TlsConnector connector = connector(host, 8883, user(), proxy);
      if (taken) {
        connect(connector);
      } else {
        IOException error = assertThrows(IOException.class, () -> connect(connector));
        Coded.assertInstanceOf(
            TlsException.class,
            StreamErrorCode.WRONG_HOST_NAME,
            connector.failure(ConnectionPhase.TLS, error));
      }
    }
  }

  @Test
  void dotAtTheEndOfTheHost_isLeftOutOfSni() throws Exception {
    try (TlsPeer peer = new TlsPeer(server().by(ROOT), tls -> {})) {
      connect(connector("localhost.", peer, user()));
      ExtendedSSLSession session =
          (ExtendedSSLSession) peer.connected.get(SOON.toSeconds(), TimeUnit.SECONDS).getSession();
      assertEquals(
          "type=host_name (0), value=localhost",
          session.getRequestedServerNames().get(0).toString());
    }
  }

  @Test
  void signatureWithSha1_isRefused() {
    assertSays(
        "cannot be trusted: CN=bridge is signed with SHA1withECDSA, too weak",
        refused(
            TlsException.class,
            StreamErrorCode.SERVER_NOT_TRUSTED,
            server().digest("SHA1").by(ROOT)));
  }

  @Test
  void signatureWithSha1_inBetween_isRefused() {
    Held between = Certifier.authority("between").digest("SHA1").by(ROOT);
    assertSays(
        "CN=between is signed with SHA1withECDSA",
        refused(TlsException.class, StreamErrorCode.SERVER_NOT_TRUSTED, server().by(between)));
  }

  @Test
  void rsaKeyBelow2048Bits_isRefused() {
    assertSays(
        "CN=bridge has an RSA key of 1024 bits",
        refused(
            TlsException.class, StreamErrorCode.SERVER_NOT_TRUSTED, server().rsa(1_024).by(ROOT)));
  }

  @Test
  void rsaKeyOf2048Bits_isTaken() throws Exception {
    try (TlsPeer peer = new TlsPeer(server().rsa(2_048).by(ROOT), tls -> {})) {
      connect(connector("localhost", peer, user()));
    }
  }

  @Test
  void rsaAsKeyExchange_isNotAgreedOn() {
    TlsPeer peer =
        new TlsPeer(
            server().rsa(2_048).by(ROOT),
            tls -> {
              tls.setEnabledProtocols(new String[] {"TLSv1.2"});
              tls.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"});
            });
    // A newer JDK has no such suite, and hangs up as a server.
    assertSays("TLS", refused(user(), peer).toString());
  }

  @Test
  void certificateForClientsOnly_isNoServer_andIsTold() {
    String text =
        refused(
            TlsException.class,
            StreamErrorCode.SERVER_NOT_TRUSTED,
            server().purpose(KeyPurposeId.id_kp_clientAuth).by(ROOT));
    assertSays("CN=bridge is not for servers, by its extended key usage", text);
    assertSays("to replace the certificate", text);
  }

  @Test
  void expiredCertificateInBetween_isNamed() {
    Held between = Certifier.authority("between").expiredAt("2021-01-01T00:00:00Z").by(ROOT);
    assertSays(
        "is out of date: CN=between expired at 2021-01-01T00:00:00Z",
        refused(
            TlsException.class, StreamErrorCode.SERVER_CERTIFICATE_EXPIRED, server().by(between)));
  }

  @Test
  void otherCa_isSaidToBeAnotherCa_whateverElseIsWrong() {
    Held other = Certifier.authority("root").root();
    assertSays(
        "does not chain to the platform CA",
        refused(
            TlsException.class,
            StreamErrorCode.SERVER_NOT_TRUSTED,
            Certifier.of("x").expiredAt("2021-01-01T00:00:00Z").by(other)));
  }

  @Test
  void tooManyCaNames_nameTheProperty() {
    X509Certificate[] many =
        IntStream.range(0, 260)
            .mapToObj(i -> Certifier.authority("ca" + i + "x".repeat(120)).root().certificate())
            .toArray(X509Certificate[]::new);
    TlsPeer peer = new TlsPeer(server().by(ROOT), tls -> tls.setNeedClientAuth(true), many);
    String text = refused(TlsException.class, StreamErrorCode.TLS_FAILED, identity(), peer);
    assertSays("maximum allowed size", text);
    assertSays("-Djdk.tls.maxHandshakeMessageSize=", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void certificateWanted_andNoneToShow_isToldSo(String protocol) {
    TlsPeer peer =
        new TlsPeer(
            server().by(ROOT),
            tls -> {
              tls.setEnabledProtocols(new String[] {protocol});
              tls.setNeedClientAuth(true);
            });
    // Under TLS 1.2, JDK 17 says bad_certificate as a server, and JDK 25 handshake_failure.
    String text = refused(user(), peer).toString();
    assertSays("require", text);
    assertSays("a client certificate, and none was presented", text);
    if (protocol.equals("TLSv1.3")) {
      assertSays("NHUB-TLS-004", text);
      assertSays("Connect with a ClientIdentity", text);
    }
  }
}
