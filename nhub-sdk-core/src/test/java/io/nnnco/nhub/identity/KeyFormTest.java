package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of key that openssl writes is read; what is saved, openssl reads. */
class KeyFormTest {
  private static final String PASSWORD = "canary-password";

  private final Path temp;
  private final OpenSsl openssl;

  KeyFormTest(@TempDir Path temp) {
    this.temp = temp;
    this.openssl = new OpenSsl(temp);
  }

  @BeforeEach
  void makeCa() {
    openssl.makeCa();
  }

  @ParameterizedTest
  @CsvSource({
    "EC PRIVATE KEY,    ecparam -name prime256v1 -genkey -noout -out client.key",
    "EC PARAMETERS,     ecparam -name prime256v1 -genkey -out client.key",
    "EC PARAMETERS,     ecparam -name secp384r1 -genkey -out client.key",
    "EC PARAMETERS,     ecparam -name secp521r1 -genkey -out client.key",
    "PRIVATE KEY,       genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out client.key",
    "PRIVATE KEY,       genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out client.key",
    "PRIVATE KEY,       genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out client.key",
    "PRIVATE KEY,       genpkey -algorithm RSA -out client.key",
    "RSA PRIVATE KEY,   genrsa -traditional -out client.key 3072"
  })
  void load_plainKey_worksAndIsSavedForOpenssl(String firstBlock, String makeKey) {
    openssl.run(makeKey);
    assertTrue(openssl.file("client.key").startsWith("-----BEGIN " + firstBlock));
    openssl.certify("client.key", "client.crt", PASSWORD);

    ClientIdentity identity = ClientIdentity.load(temp);
    identity.save(temp.resolve("saved"));

    assertEquals(fingerprintByOpenssl(), identity.fingerprint());
    assertOpensslReads(new OpenSsl(temp.resolve("saved")), PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -v2 aes256",
        "pkcs8 -topk8 -v2 aes128 -v2prf hmacWithSHA1",
        "pkcs8 -topk8 -v2 aes256 -scrypt",
        "pkcs8 -topk8 -v1 PBE-SHA1-3DES",
        "ec -aes256",
        "ec -des3"
      })
  void load_encryptedEcKey_opensWithItsPasswordAndStaysEncrypted(String encrypt) {
    openssl.run("ecparam -name prime256v1 -genkey -noout -out plain.key");

    assertOpensWithItsPasswordAlone(encrypt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8 -topk8 -v2 aes256", "rsa -traditional -aes128"})
  void load_encryptedRsaKey_opensWithItsPasswordAndStaysEncrypted(String encrypt) {
    openssl.run("genrsa -traditional -out plain.key 2048");

    assertOpensWithItsPasswordAlone(encrypt);
  }

  private void assertOpensWithItsPasswordAlone(String encrypt) {
    openssl.run(encrypt + " -in plain.key -out client.key -passout pass:" + PASSWORD);
    openssl.certify("client.key", "client.crt", PASSWORD);

    ClientIdentity identity = ClientIdentity.load(temp, PASSWORD.toCharArray());
    identity.save(temp.resolve("saved"));

    assertEquals(identity, ClientIdentity.load(temp.resolve("saved"), PASSWORD.toCharArray()));
    OpenSsl saved = new OpenSsl(temp.resolve("saved"));
    assertTrue(saved.file("client.key").contains("ENCRYPTED"));
    assertOpensslReads(saved, PASSWORD);
    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_PASSWORD_REQUIRED,
        () -> ClientIdentity.load(temp));
    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
        () -> ClientIdentity.load(temp, "wrong".toCharArray()));
    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
        () -> ClientIdentity.load(temp, new char[0]));
  }

  /** These passwords decrypt to good padding by chance (1 in 256), with nonsense before it. */
  @ParameterizedTest
  @CsvSource({"encrypted-legacy.key, wrong-280", "encrypted-pkcs8.key, wrong-592"})
  void load_wrongPasswordThatDecrypts_isStillTheWrongPassword(String resource, String password)
      throws Exception {
    TestPki.Held ca = TestPki.ca("CA");
    Files.writeString(temp.resolve("client.crt"), ca.signClient("client").certificatePem());
    try (InputStream key = getClass().getResourceAsStream("/identity/" + resource)) {
      Files.copy(Objects.requireNonNull(key), temp.resolve("client.key"));
    }

    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_PASSWORD_WRONG,
        () -> ClientIdentity.load(temp, password.toCharArray()));
    assertThrows( // It opens with its own password, and belongs to another certificate.
        KeyMismatchException.class, () -> ClientIdentity.load(temp, "right".toCharArray()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pkcs8 -topk8 -v2 aes256", "pkcs8 -topk8 -v2 aes256 -scrypt", "ec -aes256"})
  void load_passwordBeyondAscii_opensTheKeyAsInUtf8(String encrypt) throws Exception {
    String password = "p\u00E4ssw\u00F6rd-\u20AC";
    Files.writeString(temp.resolve("password"), password);
    openssl.run("ecparam -name prime256v1 -genkey -noout -out plain.key");
    openssl.certify("plain.key", "client.crt", PASSWORD);
    openssl.run(encrypt + " -in plain.key -out client.key -passout file:password");

    assertEquals(
        fingerprintByOpenssl(), ClientIdentity.load(temp, password.toCharArray()).fingerprint());
  }

  @Test
  void load_passwordForAPlainKey_isIgnoredAndLeftUnchanged() {
    openssl.run("ecparam -name prime256v1 -genkey -out client.key");
    openssl.certify("client.key", "client.crt", PASSWORD);
    char[] password = PASSWORD.toCharArray();

    assertEquals(ClientIdentity.load(temp), ClientIdentity.load(temp, password));
    assertArrayEquals(PASSWORD.toCharArray(), password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm ED25519 -out client.key",
        "ecparam -name secp256k1 -genkey -out client.key",
        "ecparam -name prime256v1 -param_enc explicit -genkey -noout -out client.key",
      })
  void load_keyOfAnotherKind_isUnsupported(String makeKey) {
    openssl.run(makeKey);
    openssl.run("ecparam -name prime256v1 -genkey -out other.key");
    openssl.certify("other.key", "client.crt", PASSWORD);

    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
            () -> ClientIdentity.load(temp));

    assertEquals(CoreErrorCode.IDENTITY_KEY_UNSUPPORTED, e.code());
    assertEquals(temp.resolve("client.key").toString(), e.source());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pkcs8 -topk8 -v2 camellia256", "pkcs8 -topk8 -v2 aria256", "ec -aria128"})
  void load_keyEncryptedInAnotherWay_isUnsupportedWhateverThePassword(String encrypt) {
    openssl.run("ecparam -name prime256v1 -genkey -noout -out plain.key");
    openssl.run(encrypt + " -in plain.key -out client.key -passout pass:" + PASSWORD);
    openssl.certify("client.key", "client.crt", PASSWORD);

    for (String password : List.of(PASSWORD, "wrong")) {
      PemException e =
          Coded.assertThrows(
              PemException.class,
              CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
              () -> ClientIdentity.load(temp, password.toCharArray()));
      assertTrue(
          String.valueOf(e.getMessage())
              .contains(" holds a key encrypted in a way that is not known, "),
          e.toString());
    }
  }

  @Test
  void fromPem_keyThatDoesNotNameItsCurve_takesItFromTheCertificate() {
    // BouncyCastle writes such keys, and so may a platform in Java.
    TestPki.Held ca = TestPki.ca("CA", "P-384");
    for (String curve : List.of("P-256", "P-384", "P-521")) {
      TestPki.Held client = ca.signClient("client", curve);

      ClientIdentity identity =
          ClientIdentity.fromPem(
              ca.certificatePem() + client.certificatePem(), client.keyPem(), ca.certificatePem());

      assertEquals(client.certificate(), identity.certificate());
    }
  }

  @Test
  void fromPem_keyThatDoesNotNameItsCurveAndFitsNoCertificate_isUnsupported() {
    TestPki.Held ca = TestPki.ca("CA");
    String certificate = ca.signClient("client", "RSA").certificatePem();
    String key = ca.signClient("client", "P-256").keyPem();

    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
        () -> ClientIdentity.fromPem(certificate, key, ca.certificatePem()));
  }

  @Test
  void fromPem_keyOfOpenssh_isUnsupported() {
    TestPki.Held ca = TestPki.ca("CA");
    String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";

    Coded.assertThrows(
        PemException.class,
        CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
        () -> ClientIdentity.fromPem(ca.certificatePem(), key, ca.certificatePem()));
  }

  private String fingerprintByOpenssl() {
    String line = openssl.run("x509 -in client.crt -noout -fingerprint -sha256");
    return line.substring(line.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static void assertOpensslReads(OpenSsl saved, String password) {
    assertEquals(
        saved.run("x509 -in client.crt -noout -pubkey"),
        saved.run("pkey -in client.key -pubout -passin pass:" + password));
    saved.run("verify -CAfile ca.crt client.crt");
  }
}
