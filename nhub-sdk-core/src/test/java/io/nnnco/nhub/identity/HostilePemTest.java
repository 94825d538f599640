package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.TestPki.Held;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text takes for ever: whatever a peer sends for PEM is read or refused within bounds. */
class HostilePemTest {
  /** Only to end what would hang; each of these takes well under a second. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  private static final Held CA = TestPki.ca("CA");
  private static final Held CLIENT = CA.signClient("client");
  private static final String MEBI = "1048576";

  static Stream<String> hostileTexts() {
    int most = 1_000_000;
    return Stream.of(
        "\\".repeat(most),
        "\\n".repeat(most / 2),
        "-".repeat(most),
        "-----BEGIN ".repeat(most / 11),
        "-----BEGIN " + "A".repeat(most),
        "-----BEGIN A".repeat(most / 12),
        "-----BEGIN A-----".repeat(most / 17),
        "-----BEGIN A-----\n-----END A-----\n".repeat(most / 35),
        "-----BEGIN CERTIFICATE-----" + "A".repeat(most - 100) + "-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----" + "a:b\n".repeat(most / 5) + "-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----" + " \n".repeat(most / 3) + "-----END CERTIFICATE-----",
        block("CERTIFICATE", nested(45_000)),
        block("CERTIFICATE", definite(nested(45_000))),
        block("PRIVATE KEY", nested(10_000)),
        block("ENCRYPTED PRIVATE KEY", nested(10_000)),
        block("RSA PRIVATE KEY", nested(10_000)),
        block("PRIVATE KEY", definite(nested(45_000))),
        block("ENCRYPTED PRIVATE KEY", definite(nested(45_000))),
        block("EC PRIVATE KEY", definite(nested(45_000))),
        "LS0tLS1CRUdJTi".repeat(most / 14),
        "/".repeat(most),
        " ".repeat(most),
        "<".repeat(most),
        "\0".repeat(most));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void fromPem_hostileText_isRefusedAtOnce(String text) {
    assertTimeoutPreemptively(
        HANGS,
        () -> {
          assertThrows(
              IdentityException.class,
              () -> UsernamePassword.of("api-1", Secret.of("token"), text + "\n" + text));
          assertThrows(
              IdentityException.class,
              () -> ClientIdentity.fromPem(CLIENT.certificatePem(), text, CA.certificatePem()));
        });
  }

  @Test
  void fromPem_certificateAfterABacklogOfBackslashes_isRead() {
    String text = "\\".repeat(900_000) + CA.certificatePem();

    assertTimeoutPreemptively(
        HANGS,
        () ->
            assertEquals(
                1, UsernamePassword.of("api-1", Secret.of("token"), text).trustAnchors().size()));
  }

  @Test
  void fromPem_textOverOneMebi_isRefusedUnread() {
    String longer = CA.certificatePem() + " ".repeat(1_048_577);

    assertDefect("longer than " + MEBI + " characters", longer);
  }

  @Test
  void fromPem_moreThan500Blocks_isRefused() {
    assertDefect("more than 500 blocks", CA.certificatePem().repeat(501));
  }

  @Test
  void fromPem_500Blocks_areRead() {
    ClientIdentity identity =
        ClientIdentity.fromPem(
            CLIENT.certificatePem(), CLIENT.keyPem(), CA.certificatePem().repeat(500));

    assertEquals(CLIENT.issuedBy(CA), identity);
  }

  @Test
  void fromPem_manyKindsOfBlock_areNotAllTold() {
    String kinds =
        IntStream.range(0, 100)
            .mapToObj(i -> "-----BEGIN KIND " + i + "-----\n-----END KIND " + i + "-----\n")
            .collect(Collectors.joining());

    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_UNEXPECTED,
            () -> UsernamePassword.of("api-1", Secret.of("token"), kinds));

    assertTrue(
        String.valueOf(e.getMessage())
            .contains(
                " holds a KIND 0 block and a KIND 1 block and a KIND 10 block and a KIND 11 block"
                    + " and others where "),
        e.toString());
  }

  /** Two names that sign each other with many certificates: 8! times 8! ways, none to the CA. */
  @Test
  void fromPem_certificatesThatCrossSignEachOther_areSearchedOnce() {
    Held a = TestPki.ca("A");
    Held b = TestPki.ca("B");
    StringBuilder crossed = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      crossed.append(b.crossSign(a, TestPki.NOT_BEFORE, TestPki.NOT_AFTER).certificatePem());
      crossed.append(a.crossSign(b, TestPki.NOT_BEFORE, TestPki.NOT_AFTER).certificatePem());
    }
    Held client = a.signClient("client");

    assertTimeoutPreemptively(
        HANGS,
        () ->
            Coded.assertThrows(
                IdentityException.class,
                CoreErrorCode.IDENTITY_UNTRUSTED,
                () ->
                    ClientIdentity.fromPem(
                        client.certificatePem() + crossed, client.keyPem(), CA.certificatePem())));
  }

  @Test
  void fromPem_manyIssuersOfOneNameAndOtherKeys_stopsAt200Signatures() {
    String sameName =
        IntStream.range(0, 201)
            .mapToObj(i -> TestPki.ca("CA").certificatePem())
            .collect(Collectors.joining());

    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> ClientIdentity.fromPem(CLIENT.certificatePem(), CLIENT.keyPem(), sameName));

    assertTrue(String.valueOf(e.getMessage()).contains("more than 200 signatures"), e.toString());
  }

  @Test
  void fromPem_rsaKeyOfMonstrousNumbers_isUnsupportedAndNotComputedWith() throws Exception {
    Held client = CA.signClient("client", "RSA");
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) client.key();
    BigInteger monstrous = BigInteger.ONE.shiftLeft(20_000).subtract(BigInteger.ONE);
    RSAPrivateKey numbers =
        new RSAPrivateKey(
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            monstrous,
            key.getPrimeQ(),
            monstrous,
            key.getPrimeExponentQ(),
            key.getCrtCoefficient());
    byte[] pkcs8 =
        new PrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), numbers)
            .getEncoded();

    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
            () ->
                ClientIdentity.fromPem(
                    client.certificatePem(), block("PRIVATE KEY", pkcs8), CA.certificatePem()));

    assertTrue(
        String.valueOf(e.getMessage()).contains(" holds an RSA key of more than 8192 bits, "),
        e.toString());
  }

  private static void assertDefect(String defect, String ca) {
    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> UsernamePassword.of("api-1", Secret.of("token"), ca));
    assertTrue(String.valueOf(e.getMessage()).contains(defect), e.toString());
  }

  /** Sequences in sequences, each of indefinite length. */
  private static byte[] nested(int bytes) {
    byte[] nested = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      nested[i] = (byte) (i % 2 == 0 ? 0x30 : 0x80);
    }
    return nested;
  }

  /** The same in a sequence of definite length. */
  private static byte[] definite(byte[] content) {
    byte[] whole = new byte[content.length + 4];
    whole[0] = 0x30;
    whole[1] = (byte) 0x82;
    whole[2] = (byte) (content.length >> 8);
    whole[3] = (byte) content.length;
    System.arraycopy(content, 0, whole, 4, content.length);
    return whole;
  }

  private static String block(String type, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
