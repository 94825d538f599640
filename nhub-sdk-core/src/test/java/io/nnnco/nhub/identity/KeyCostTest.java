package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file says how much work its password takes; beyond a bound it is not done. */
class KeyCostTest {
  private static final Duration HANGS = Duration.ofSeconds(30);
  private static final TestPki.Held CA = TestPki.ca("CA");
  private static final byte[] SALT = new byte[16];

  static Stream<Arguments> dear() {
    String iterations = " iterations; 2000000 at most are done";
    return Stream.of(
        Arguments.of(pbkdf2(2_000_001), "a key encrypted with 2000001" + iterations),
        Arguments.of(pbkdf2(Integer.MAX_VALUE), "a key encrypted with 2147483647" + iterations),
        Arguments.of(
            new AlgorithmIdentifier(
                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                new PKCS12PBEParams(SALT, Integer.MAX_VALUE)),
            "a key encrypted with 2147483647" + iterations),
        Arguments.of(
            scrypt(1 << 17, 8, 1),
            "a key encrypted with scrypt of 134217728 bytes; 67108864 at most are used"),
        Arguments.of(
            scrypt(1 << 30, 1 << 20, 1),
            "a key encrypted with scrypt of 144115188075855872 bytes; 67108864 at most are used"),
        Arguments.of(
            scrypt(1 << 14, 8, 17),
            "a key encrypted with scrypt of 2228224 rounds; 2097152 at most are done"));
  }

  @ParameterizedTest
  @MethodSource("dear")
  void fromPem_keyThatAsksForTooMuchWork_isUnsupported(
      AlgorithmIdentifier encryption, String found) {
    PemException e =
        assertTimeoutPreemptively(
            HANGS,
            () ->
                Coded.assertThrows(
                    PemException.class,
                    CoreErrorCode.IDENTITY_KEY_UNSUPPORTED,
                    () ->
                        ClientIdentity.fromPem(
                            CA.certificatePem(),
                            encrypted(encryption),
                            CA.certificatePem(),
                            "password".toCharArray())));

    assertTrue(String.valueOf(e.getMessage()).contains(" holds " + found + ", "), e.toString());
  }

  @Test
  void fromPem_damagedCosts_areMalformed() {
    for (ASN1Encodable parameters : new ASN1Encodable[] {null, new DEROctetString(SALT)}) {
      Coded.assertThrows(
          PemException.class,
          CoreErrorCode.IDENTITY_PEM_MALFORMED,
          () ->
              ClientIdentity.fromPem(
                  CA.certificatePem(),
                  encrypted(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters)),
                  CA.certificatePem(),
                  "password".toCharArray()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-v2 aes256 -iter 600000", "-scrypt -scrypt_N 16384 -scrypt_r 8 -scrypt_p 4"})
  void load_keyOfGoodCost_opens(String costs, @TempDir Path directory) throws IOException {
    TestPki.Held client = CA.signClient("client");
    OpenSsl openssl = new OpenSsl(directory);
    client.issuedBy(CA).save(directory);
    Files.move(directory.resolve("client.key"), directory.resolve("plain.key"));
    openssl.run("pkcs8 -topk8 " + costs + " -in plain.key -out client.key -passout pass:password");

    assertEquals(client.issuedBy(CA), ClientIdentity.load(directory, "password".toCharArray()));
  }

  private static AlgorithmIdentifier pbkdf2(int iterations) {
    return pbes2(
        new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(SALT, iterations)));
  }

  private static AlgorithmIdentifier scrypt(int n, int r, int p) {
    return pbes2(
        new KeyDerivationFunc(MiscObjectIdentifiers.id_scrypt, new ScryptParams(SALT, n, r, p)));
  }

  private static AlgorithmIdentifier pbes2(KeyDerivationFunc function) {
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_PBES2,
        new PBES2Parameters(
            function,
            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(SALT))));
  }

  private static String encrypted(AlgorithmIdentifier encryption) throws IOException {
    byte[] content = new EncryptedPrivateKeyInfo(encryption, new byte[64]).getEncoded();
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
  }
}
