package io.nnnco.nhub.identity;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PEM as people hand it about, and what is said about text that is not PEM. */
class PemTextTest {
  private static final TestPki.Held CA = TestPki.ca("CA");
  private static final TestPki.Held CLIENT = CA.signClient("client");
  private static final ClientIdentity IDENTITY = CLIENT.issuedBy(CA);
  private static final String KEY = CLIENT.keyPem();

  private static final Map<String, UnaryOperator<String>> MISHAPS =
      Map.ofEntries(
          Map.entry("CRLF", pem -> pem.replace("\n", "\r\n")),
          Map.entry("old Mac line ends", pem -> pem.replace("\n", "\r")),
          Map.entry("a byte order mark", pem -> "\uFEFF" + pem),
          Map.entry("text around it", pem -> "Subject: x\n\n" + pem + "\nkept by: ops\n"),
          Map.entry("text on the same lines", pem -> "crt = " + pem.strip() + " # ours"),
          Map.entry("bag attributes", pem -> "Bag Attributes\n    localKeyID: 01 02\n" + pem),
          Map.entry("blank lines", pem -> pem.replace("\n", "\n\n")),
          Map.entry("indentation, as in YAML", pem -> "  " + pem.replace("\n", "\n    ")),
          Map.entry("spaces at line ends", pem -> pem.replace("\n", "  \n")),
          Map.entry("no last line break", String::strip),
          Map.entry("JSON escapes", pem -> pem.replace("\n", "\\n").replace("/", "\\/")),
          Map.entry("a JSON string", pem -> '"' + pem.replace("\n", "\\n") + '"'),
          Map.entry("JSON in JSON", pem -> pem.replace("\n", "\\\\n")),
          Map.entry("escaped CRLF", pem -> pem.replace("\n", "\\r\\n")),
          Map.entry("spaces for line breaks", pem -> pem.replace("\n", " ")),
          Map.entry("base64 on one line", PemTextTest::oneLine));

  static Stream<String> mishaps() {
    return MISHAPS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void fromPem_textThatWasCopiedAbout_isRead(String mishap) {
    UnaryOperator<String> copied = MISHAPS.getOrDefault(mishap, UnaryOperator.identity());

    ClientIdentity identity =
        ClientIdentity.fromPem(
            copied.apply(CLIENT.certificatePem()),
            copied.apply(KEY),
            copied.apply(CA.certificatePem()));

    assertEquals(IDENTITY, identity);
  }

  @Test
  void load_utf16AsPowershellWrites_isRead(@TempDir Path directory) throws Exception {
    IDENTITY.save(directory);
    for (String name : new String[] {"client.crt", "client.key", "ca.crt"}) {
      Path file = directory.resolve(name);
      ByteArrayOutputStream utf16 = new ByteArrayOutputStream();
      utf16.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
      utf16.write(Files.readString(file).getBytes(UTF_16LE));
      Files.write(file, utf16.toByteArray());
    }

    assertEquals(IDENTITY, ClientIdentity.load(directory));
  }

  @Test
  void fromPem_allInEveryText_takesWhatBelongsThere() {
    String all = CLIENT.certificatePem() + KEY;

    assertEquals(IDENTITY, ClientIdentity.fromPem(all, all, CA.certificatePem()));
  }

  @Test
  void fromPem_trustedCertificateOfOpenssl_isRead(@TempDir Path directory) throws Exception {
    OpenSsl openssl = new OpenSsl(directory);
    Files.writeString(directory.resolve("plain.crt"), CLIENT.certificatePem());
    openssl.run("x509 -in plain.crt -trustout -addtrust clientAuth -out trusted.crt");
    String trusted = openssl.file("trusted.crt");

    assertTrue(trusted.contains("BEGIN TRUSTED CERTIFICATE"));
    assertEquals(IDENTITY, ClientIdentity.fromPem(trusted, KEY, CA.certificatePem()));
  }

  @Test
  void fromPem_textsInTheWrongPlaces_saysWhatIsWhere() {
    String certificate = CLIENT.certificatePem();
    String ca = CA.certificatePem();

    assertUnexpected(
        "privateKeyPem holds a certificate where one private key was expected.",
        () -> ClientIdentity.fromPem(certificate, certificate, ca));
    assertUnexpected(
        "certificatePem holds a private key where a certificate was expected.",
        () -> ClientIdentity.fromPem(KEY, KEY, ca));
    assertUnexpected(
        "caCertificatePem holds a private key where a certificate was expected.",
        () -> ClientIdentity.fromPem(certificate, KEY, KEY));
    assertUnexpected(
        "privateKeyPem holds a certificate and 2 private keys where one private key was expected.",
        () -> ClientIdentity.fromPem(certificate, KEY + certificate + KEY, ca));
    assertUnexpected(
        "privateKeyPem holds a public key where one private key was expected.",
        () ->
            ClientIdentity.fromPem(
                certificate, TestPki.pem(CLIENT.certificate().getPublicKey()), ca));
    assertUnexpected(
        "certificatePem holds a certificate request where a certificate was expected.",
        () ->
            ClientIdentity.fromPem(
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
                KEY,
                ca));
  }

  @Test
  void fromPem_textThatIsNotPem_saysWhatIsWrongWithIt() {
    assertMalformed("is empty", "");
    assertMalformed("is empty", " \r\n ");
    assertMalformed("has no line that starts with -----BEGIN", "none");
    String ca = CA.certificatePem();
    int end = ca.indexOf("-----END");
    assertMalformed("without its END line", ca.substring(0, end));
    assertMalformed("without its END line", ca.substring(0, end) + ca);
    assertMalformed("cannot be decoded", ca.substring(0, end - 40) + ca.substring(end));
    assertMalformed("cannot be decoded", ca.replace("MI", "Ü!"));
    assertMalformed(
        "cannot be decoded", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
  }

  @Test
  void fromPem_damagedKey_isMalformedAndNotQuoted() {
    String body = KEY.lines().skip(1).findFirst().orElseThrow();
    for (String damaged :
        new String[] {
          KEY.replace(body, body.substring(0, 30)),
          KEY.replace(body, "*" + body),
          KEY.replace("-----END", "-----END OF"),
          KEY.replace("EC PRIVATE KEY", "PRIVATE KEY"),
          KEY.replace("EC PRIVATE KEY", "RSA PRIVATE KEY"),
          KEY.replace("EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
        }) {
      PemException e =
          Coded.assertThrows(
              PemException.class,
              CoreErrorCode.IDENTITY_PEM_MALFORMED,
              () -> ClientIdentity.fromPem(CLIENT.certificatePem(), damaged, CA.certificatePem()));

      assertEquals("privateKeyPem", e.source());
      assertTrue(e.toString().contains("NHUB-ID-001: privateKeyPem "), e.toString());
    }
  }

  private static String oneLine(String pem) {
    List<String> lines = pem.lines().toList();
    int last = lines.size() - 1;
    return String.join(
        "\n", lines.get(0), String.join("", lines.subList(1, last)), lines.get(last));
  }

  private static void assertUnexpected(String problem, Runnable read) {
    PemException e =
        Coded.assertThrows(PemException.class, CoreErrorCode.IDENTITY_PEM_UNEXPECTED, read::run);
    assertTrue(e.toString().contains("NHUB-ID-002: " + problem), e.toString());
  }

  private static void assertMalformed(String defect, String caText) {
    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> ClientIdentity.fromPem(CLIENT.certificatePem(), KEY, caText));
    assertEquals("caCertificatePem", e.source());
    assertTrue(String.valueOf(e.getMessage()).contains(defect), e.toString());
  }
}
