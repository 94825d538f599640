package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.JsonValue;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.TestPki;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.GzipSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are not what the documentation promises. */
final class ResponseTest extends ManagementFixture {
  ResponseTest() {
    use(api.builder().retryPolicy(RetryPolicy.none()));
  }

  private ManagementException failure() {
    return assertThrows(ManagementException.class, () -> management.apiKeys().create("svc"));
  }

  private ManagementException unreadable() {
    ManagementException e =
        Coded.assertInstanceOf(
            ManagementException.class, CoreErrorCode.API_UNREADABLE_RESPONSE, failure());
    assertEquals("NHUB-API-007", e.code().id());
    assertTrue(e.outcomeUnknown());
    return e;
  }

  @Test
  void response_htmlWith200_isUnreadableAndNotQuoted() {
    api.enqueue(
        MockApi.answer(200, "<html>Sign in to the guest network</html>")
            .setHeader("Content-Type", "text/html; charset=utf-8"));

    String message = String.valueOf(unreadable().getMessage());

    assertTrue(message.contains("not JSON (text/html; charset=utf-8)"), message);
    assertFalse(message.contains("guest network"), message);
  }

  @Test
  void revoke_htmlWith200_isNotTakenForAYes() {
    api.enqueue(MockApi.answer(200, "<html>").setHeader("Content-Type", "text/html"));

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_UNREADABLE_RESPONSE,
            () -> management.certificates().revoke("c-1"));

    assertTrue(e.outcomeUnknown());
  }

  @Test
  void response_noContent_isUnreadable() {
    api.enqueue(new MockResponse.Builder().code(204));

    assertTrue(String.valueOf(unreadable().getMessage()).contains("empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "\"text\"",
        "null",
        "{",
        "{\"id\": \"a\"} trailing",
        "{}",
        "{\"id\": {}}",
        "{\"id\": null}",
        "{\"id\": \"a\", \"token\": \"two\\nlines\"}",
        "\u0000"
      })
  void response_otherJsonThanDocumented_isUnreadable(String body) {
    api.json(201, body);

    unreadable();
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100_000})
  void response_deeplyNested_isUnreadable(int levels) {
    api.json(
        201, "{\"id\": \"a\", \"x\": " + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}");

    unreadable();
  }

  @Test
  void response_nestedAsDeepAsAllowed_canBePrinted() {
    String nested = "[".repeat(63) + "]".repeat(63);
    api.json(201, "{\"id\": \"a\", \"x\": " + nested + "}");

    JsonValue value = management.apiKeys().create("svc").unknownFields().get("x");

    assertEquals(nested, String.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e-2147483648"})
  void response_numberThatNoDecimalHolds_isUnreadable(String number) {
    api.json(201, "{\"id\": \"a\", \"x\": " + number + "}");

    assertFalse(String.valueOf(unreadable().getMessage()).contains(number));
  }

  @Test
  void response_utf32ThatIsNone_isUnreadable() {
    byte[] body = {0, 0, 0, '{', -1, -1, -1, -1};
    api.enqueue(MockApi.answer(201, "").body(new Buffer().write(body)));

    unreadable();
  }

  @Test
  void response_jsonCalledText_isRead() {
    api.enqueue(MockApi.answer(201, "{\"id\": \"7d0a\"}").setHeader("Content-Type", "text/plain"));

    assertEquals("7d0a", management.apiKeys().create("svc").id());
  }

  @Test
  void response_gzip_isRead() throws Exception {
    Buffer zipped = new Buffer();
    try (GzipSink sink = new GzipSink(zipped)) {
      Buffer json = new Buffer().writeUtf8("{\"id\": \"7d0a\"}");
      sink.write(json, json.size());
    }
    api.enqueue(MockApi.answer(201, "").setHeader("Content-Encoding", "gzip").body(zipped));

    assertEquals("7d0a", management.apiKeys().create("svc").id());
  }

  @Test
  void response_cutOff_isAConnectionErrorWithUnknownOutcome() {
    api.enqueue(
        MockApi.answer(201, "{\"id\": \"7d0a\"}")
            .setHeader("Content-Length", 500)
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE));

    ApiConnectionException e = assertInstanceOf(ApiConnectionException.class, failure());

    assertEquals(CallPhase.EXCHANGE, e.phase());
    assertTrue(e.outcomeUnknown());
  }

  @Test
  void response_fiveMegabyteErrorPage_isLeftUnread() {
    api.enqueue(MockApi.answer(500, "x".repeat(5_000_000)).setHeader("Content-Type", "text/html"));

    ManagementException e = failure();

    Coded.assertInstanceOf(ManagementException.class, CoreErrorCode.API_SERVER_ERROR, e);
    assertTrue(String.valueOf(e.getMessage()).length() < 500);
  }

  @Test
  void response_longerThanEightMebibytes_isUnreadable() {
    api.json(200, "[" + " ".repeat(9_000_000) + "]");

    assertTrue(String.valueOf(unreadable().getMessage()).contains("8 MiB"));
  }

  @Test
  void response_byteAfterByte_endsAtTheAttemptTimeout() {
    // Connected before the time runs, which may be too short for that on a busy machine.
    OkHttpClient connected = new OkHttpClient();
    use(api.builder().httpClient(connected));
    api.json(200, "[]");
    management.certificates().listPage(1);
    use(
        api.builder()
            .httpClient(connected)
            .retryPolicy(RetryPolicy.none())
            .attemptTimeout(Duration.ofMillis(2_500)));
    api.enqueue(
        MockApi.answer(201, "{\"id\": \"7d0a\"}" + " ".repeat(1_000))
            .throttleBody(1, 100, TimeUnit.MILLISECONDS));

    ApiConnectionException e =
        Coded.assertInstanceOf(ApiConnectionException.class, CoreErrorCode.API_TIMEOUT, failure());

    assertEquals(CallPhase.EXCHANGE, e.phase());
    assertTrue(e.outcomeUnknown());
    assertTrue(String.valueOf(e.getMessage()).contains("at most 2 s 500 ms"));
  }

  @Test
  void response_noneAtAll_endsAtTheCallTimeout() {
    use(api.builder().callTimeout(Duration.ofMillis(300)));
    api.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    Coded.assertInstanceOf(ApiConnectionException.class, CoreErrorCode.API_TIMEOUT, failure());
  }

  @Test
  void response_notHttp_isAConnectionErrorThatQuotesNothing() {
    api.enqueue(new MockResponse.Builder().status("-----BEGIN SECRET-----"));

    ManagementException e = failure();

    assertInstanceOf(ApiConnectionException.class, e);
    assertFalse(e.toString().contains("SECRET"));
    assertEquals(null, e.getCause());
  }

  @Test
  void response_certificateWithoutFingerprintAndExpiry_takesThemFromTheCertificate() {
    TestPki.Held ca = TestPki.ca("platform");
    TestPki.Held held = ca.signClient("client");
    ClientIdentity identity = held.issuedBy(ca);
    api.json(
        201,
        "{\"id\": \"c-1\", \"certificate_pem\": %s, \"private_key_pem\": %s, \"ca_certificate_pem\": %s}"
            .formatted(
                quoted(held.certificatePem()), quoted(held.keyPem()), quoted(ca.certificatePem())));

    IssuedCertificate issued = management.certificates().issue("Production", "k");

    assertEquals("Production", issued.name());
    assertEquals(identity.fingerprint(), issued.fingerprint());
    assertEquals(identity.expiresAt(), issued.expiresAt());
    assertEquals(identity, issued.identity());
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\n", "\\n").replace("\r", "\\r") + "\"";
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate_pem", "private_key_pem", "ca_certificate_pem", "id"})
  void response_certificateWithoutAPart_namesThePart(String missing) {
    api.json(
        201,
        """
        {"id": "c", "certificate_pem": "C", "private_key_pem": "K", "ca_certificate_pem": "A",
         "fingerprint": "a1", "expires_at": "2027-03-17T00:00:00Z"}
        """
            .replace("\"" + missing + "\"", "\"elsewhere\""));

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_UNREADABLE_RESPONSE,
            () -> management.certificates().issue("Production", "k"));

    assertTrue(String.valueOf(e.getMessage()).contains(missing));
  }
}
