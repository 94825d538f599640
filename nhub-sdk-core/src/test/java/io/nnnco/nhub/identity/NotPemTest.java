package io.nnnco.nhub.identity;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.Coded;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The base64 of a PEM is read, as secret stores keep it; of anything else it is said what it is.
 */
class NotPemTest {
  private static final TestPki.Held CA = TestPki.ca("CA");
  private static final TestPki.Held CLIENT = CA.signClient("client");
  private static final String CANARY = "c4n4ry";

  private static final Map<String, UnaryOperator<String>> STORES =
      Map.of(
          "one line", NotPemTest::base64,
          "one line and a line break", pem -> base64(pem) + "\n",
          "lines of 76", NotPemTest::inLines,
          "lines of 76 with a last one", pem -> inLines(pem) + "\r\n",
          "quoted", pem -> '"' + base64(pem) + '"',
          "escaped line breaks", pem -> inLines(pem).replace("\r\n", "\\n"),
          "without padding", pem -> base64(pem + "\n").replace("=", ""),
          "URL-safe", pem -> Base64.getUrlEncoder().encodeToString(pem.getBytes(UTF_8)),
          "of a text with a byte order mark", pem -> base64("\uFEFF" + pem),
          "of CRLF", pem -> base64(pem.replace("\n", "\r\n")));

  static Stream<String> stores() {
    return STORES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void fromPem_base64OfPem_isRead(String store) {
    UnaryOperator<String> kept = STORES.getOrDefault(store, UnaryOperator.identity());

    ClientIdentity identity =
        ClientIdentity.fromPem(
            kept.apply(CLIENT.certificatePem()),
            kept.apply(CLIENT.keyPem()),
            kept.apply(CA.certificatePem() + CA.certificatePem()));

    assertEquals(CLIENT.issuedBy(CA), identity);
  }

  @Test
  void load_filesWithBase64OfPem_areRead(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("client.crt"), base64(CLIENT.certificatePem()));
    Files.writeString(directory.resolve("client.key"), inLines(CLIENT.keyPem()));
    Files.writeString(directory.resolve("ca.crt"), base64(CA.certificatePem()) + "\n");

    assertEquals(CLIENT.issuedBy(CA), ClientIdentity.load(directory));
  }

  static Stream<Arguments> otherTexts() {
    return Stream.of(
        Arguments.of("is empty", ""),
        Arguments.of("is empty", "\uFEFF\r\n"),
        Arguments.of("looks like an HTML page", "\n<!DOCTYPE html><p>" + CANARY),
        Arguments.of("looks like an HTML page", "<html lang=en>" + CANARY),
        Arguments.of("looks like XML", "<?xml version='1.0'?><a>" + CANARY + "</a>"),
        Arguments.of("looks like JSON", "{\"detail\": \"" + CANARY + "\"}"),
        Arguments.of("looks like JSON", "[\"" + CANARY + "\"]"),
        Arguments.of("looks like an OpenSSH public key", "ssh-ed25519 AAAA" + CANARY + " me@here"),
        Arguments.of("looks like an OpenSSH public key", "ecdsa-sha2-nistp256 AAAA" + CANARY),
        Arguments.of("looks like a PuTTY key", "PuTTY-User-Key-File-3: " + CANARY),
        Arguments.of("looks like the path of a file", "/run/secrets/" + CANARY),
        Arguments.of("looks like the path of a file", "C:\\new\\" + CANARY + ".crt"),
        Arguments.of("looks like the path of a file", "certs/ca.crt\n"),
        Arguments.of("looks like the path of a file", "client.key"),
        Arguments.of("has a BEGIN line without its five dashes", "--BEGIN CERTIFICATE--" + CANARY),
        Arguments.of(
            "has a BEGIN line without its five dashes", "\u2014\u2014BEGIN PRIVATE KEY\u2014"),
        Arguments.of("looks like base64", base64("{\"a\":\"" + CANARY.repeat(20) + "\"}")),
        Arguments.of(
            "looks like UTF-16 without a byte order mark",
            new String(CA.certificatePem().getBytes(UTF_16LE), UTF_8)),
        Arguments.of("has no line that starts with -----BEGIN", "hello, " + CANARY));
  }

  @ParameterizedTest
  @MethodSource("otherTexts")
  void fromPem_otherText_saysWhatItLooksLikeAndDoesNotQuoteIt(String looks, String text) {
    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> UsernamePassword.of("api-1", Secret.of("token"), text));

    assertStarts(looks, e);
  }

  @Test
  void load_der_isNamed(@TempDir Path directory) throws Exception {
    assertFile("is DER", CA.certificate().getEncoded(), directory);
    assertFile("is DER", CLIENT.key().getEncoded(), directory);
    assertFile("is DER", TestPki.keyPair("RSA").getPrivate().getEncoded(), directory);
    assertFile(
        "looks like base64 of DER",
        base64(CA.certificate().getEncoded()).getBytes(UTF_8),
        directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void load_keyStore_isNamed(String type, @TempDir Path directory) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("ca", CA.certificate());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, "password".toCharArray());
    String looks = type.equals("PKCS12") ? "is a PKCS#12 key store" : "is a Java key store";

    assertFile(looks, bytes.toByteArray(), directory);
    assertFile("looks like base64", base64(bytes.toByteArray()).getBytes(UTF_8), directory);
  }

  @Test
  void load_archive_isNamed(@TempDir Path directory) throws Exception {
    assertFile("is a zip archive", new byte[] {'P', 'K', 3, 4, 10, 0, 0}, directory);
    assertFile("is gzip", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}, directory);
    assertFile("holds binary data", new byte[] {1, 2, 3, 0, (byte) 0xFE, 9}, directory);
  }

  private static void assertFile(String looks, byte[] content, Path directory) throws Exception {
    Path file = Files.write(directory.resolve("ca.crt"), content);

    assertStarts(
        looks,
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> UsernamePassword.load("api-1", Secret.of("token"), file)));
  }

  private static void assertStarts(String looks, PemException e) {
    assertTrue(String.valueOf(e.getMessage()).contains(e.source() + " " + looks), e.toString());
    assertFalse(e.toString().contains(CANARY), e.toString());
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String inLines(String text) {
    return Base64.getMimeEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
