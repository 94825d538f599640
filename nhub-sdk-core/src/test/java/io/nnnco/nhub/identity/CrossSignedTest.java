package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.identity.TestPki.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several certificates of one CA: a way that is in date is taken, in whatever order they come, as
 * openssl does. So it was when DST Root CA X3 expired, which had cross-signed ISRG Root X1.
 */
@Timeout(300)
class CrossSignedTest {
  private static final Instant LONG_AGO = Instant.parse("2021-09-30T14:01:15Z");

  private static final Held OLD_ROOT = TestPki.ca("old root", TestPki.NOT_BEFORE, LONG_AGO);
  private static final Held ROOT = TestPki.ca("root");
  private static final Held EXPIRED_CROSS = OLD_ROOT.crossSign(ROOT, TestPki.NOT_BEFORE, LONG_AGO);
  private static final Held CLIENT = ROOT.signClient("client");
  private static final Held SERVER = ROOT.signClient("server");

  /** The real time, by which a way is chosen. */
  private final Instant now = Instant.now();

  static Stream<List<Held>> trustedInEveryOrder() {
    return Stream.of(
        List.of(EXPIRED_CROSS, ROOT),
        List.of(ROOT, EXPIRED_CROSS),
        List.of(EXPIRED_CROSS, OLD_ROOT, ROOT),
        List.of(OLD_ROOT, EXPIRED_CROSS, ROOT),
        List.of(ROOT, EXPIRED_CROSS, OLD_ROOT));
  }

  @ParameterizedTest
  @MethodSource("trustedInEveryOrder")
  void checkValidAt_expiredCrossSignedBesideTheValidRoot_passesAsWithOpenssl(
      List<Held> trusted, @TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("ca.crt"), pem(trusted));
    Files.writeString(directory.resolve("client.crt"), CLIENT.certificatePem());

    ClientIdentity identity =
        ClientIdentity.fromPem(CLIENT.certificatePem(), CLIENT.keyPem(), pem(trusted));

    assertDoesNotThrow(() -> identity.checkValidAt(now));
    assertEquals(List.of(CLIENT.certificate()), identity.chain());
    new OpenSsl(directory).run("verify -CAfile ca.crt client.crt");
  }

  @ParameterizedTest
  @MethodSource("trustedInEveryOrder")
  void sslContext_expiredCrossSignedBesideTheValidRoot_trustsTheServer(List<Held> trusted)
      throws Exception {
    ClientIdentity identity =
        ClientIdentity.fromPem(CLIENT.certificatePem(), CLIENT.keyPem(), pem(trusted));
    List<X509Certificate> alone = List.of(SERVER.certificate());
    List<X509Certificate> withCross = List.of(SERVER.certificate(), EXPIRED_CROSS.certificate());
    for (List<X509Certificate> sent : List.of(alone, withCross)) {
      try (TlsServer bridge = new TlsServer(SERVER, sent, TlsServer.trusting(ROOT.certificate()))) {
        assertEquals("TLSv1.3", bridge.connect(identity.sslContext(), "localhost", "TLSv1.3"));
      }
    }
  }

  @Test
  void chain_intermediateRenewed_presentsTheOneInDate() {
    Held expired = ROOT.crossSign(TestPki.ca("lower"), TestPki.NOT_BEFORE, LONG_AGO);
    Held early = ROOT.crossSign(expired, now.plus(Duration.ofDays(9)), TestPki.NOT_AFTER);
    Held current = ROOT.crossSign(expired, LONG_AGO, now.plus(Duration.ofDays(9)));
    Held client = expired.signClient("client");
    for (List<Held> order :
        List.of(
            List.of(client, expired, early, current), List.of(current, client, early, expired))) {
      ClientIdentity identity =
          ClientIdentity.fromPem(pem(order), client.keyPem(), ROOT.certificatePem());

      assertEquals(List.of(client.certificate(), current.certificate()), identity.chain());
      assertDoesNotThrow(() -> identity.checkValidAt(now));
    }
  }

  @Test
  void chain_twoIntermediatesInDate_presentsTheOneThatLastsLonger() {
    Held brief = ROOT.crossSign(TestPki.ca("lower"), LONG_AGO, now.plus(Duration.ofDays(1)));
    Held lasting = ROOT.crossSign(brief, LONG_AGO, TestPki.NOT_AFTER);
    Held client = brief.signClient("client");

    ClientIdentity identity =
        ClientIdentity.fromPem(pem(client, brief, lasting), client.keyPem(), ROOT.certificatePem());

    assertEquals(List.of(client.certificate(), lasting.certificate()), identity.chain());
  }

  @Test
  void chain_noWayInDate_isReadAllTheSame() {
    ClientIdentity identity =
        ClientIdentity.fromPem(
            pem(CLIENT, EXPIRED_CROSS), CLIENT.keyPem(), OLD_ROOT.certificatePem());

    assertEquals(List.of(CLIENT.certificate(), EXPIRED_CROSS.certificate()), identity.chain());
    IdentityExpiredException e =
        assertThrows(IdentityExpiredException.class, () -> identity.checkValidAt(now));
    assertEquals("CN=root", e.subject());
  }

  private static String pem(Held... held) {
    return pem(Arrays.asList(held));
  }

  private static String pem(List<Held> held) {
    return held.stream().map(Held::certificatePem).collect(Collectors.joining());
  }
}
