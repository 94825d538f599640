package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.docs.Coded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R4 to R9: issuing, finding and revoking certificates. */
final class CertificatesTest extends ManagementFixture {
  private static final String ISSUED =
      """
      {"id": "c-1", "name": "Production", "certificate_pem": "CERT", "private_key_pem": "KEY",
       "ca_certificate_pem": "CA", "fingerprint": "a1b2", "expires_at": "2027-03-17T00:00:00Z",
       "serial": "0f"}
      """;

  private final Certificates certificates = management.certificates();

  @Test
  void issue_nameAndKey_sendsTheDocumentedRequestWithDefaultValidity() {
    api.json(201, ISSUED);

    certificates.issue("Production", "7d0a");

    var request = api.taken();
    assertEquals("POST /api/v4/manage/mqtt-certificates/ HTTP/1.1", request.getRequestLine());
    assertEquals(
        "{\"name\":\"Production\",\"api_key_id\":\"7d0a\",\"validity_hours\":8760}",
        request.getBody().utf8());
  }

  @Test
  void issue_response_isReadWhole() {
    api.json(201, ISSUED);

    IssuedCertificate issued = certificates.issue("Production", "7d0a");

    assertEquals(
        new IssuedCertificate(
            "c-1",
            "Production",
            "CERT",
            "KEY",
            "CA",
            "a1b2",
            Instant.parse("2027-03-17T00:00:00Z"),
            Map.of("serial", new JsonString("0f"))),
        issued);
    assertFalse(issued.toString().contains("KEY"), issued.toString());
  }

  @Test
  void issue_specWithValidity_sendsHours() {
    api.json(201, ISSUED);

    certificates.issue(CertificateSpec.of("P", "7d0a").withValidity(Duration.ofDays(30)));

    assertTrue(api.taken().getBody().utf8().contains("\"validity_hours\":720"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59M, 59 min",
    "PT-1H, -1 h",
    "PT87601H, 87601 h",
    "PT90M, 1 h 30 min"
  })
  void spec_validityOutOfRange_isRefusedBeforeAnyCall(Duration validity, String said) {
    CertificateSpec spec = CertificateSpec.of("P", "7d0a");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> spec.withValidity(validity));
    assertTrue(String.valueOf(e.getMessage()).endsWith("not for " + said + "."), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT8760H", "PT87600H"})
  void spec_validityInRange_isTaken(String validity) {
    CertificateSpec spec = CertificateSpec.of("P", "7d0a").withValidity(Duration.parse(validity));
    assertEquals(Duration.parse(validity), spec.validity());
  }

  @Test
  void revoke_id_postsWithoutBody() {
    api.enqueue(new MockResponse.Builder().code(204));

    certificates.revoke("c-1");

    var request = api.taken();
    assertEquals(
        "POST /api/v4/manage/mqtt-certificates/c-1/revoke/ HTTP/1.1", request.getRequestLine());
    assertEquals(0, request.getBodySize());
  }

  @Test
  void revoke_idWithSlash_staysOnePathSegment() {
    api.json(200, "{}");

    certificates.revoke("../users?x");

    assertEquals(
        "/api/v4/manage/mqtt-certificates/..%2Fusers%3Fx/revoke/", api.taken().getTarget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", ".."})
  void revoke_noId_isRefusedBeforeAnyCall(String id) {
    assertThrows(IllegalArgumentException.class, () -> certificates.revoke(id));
  }

  @Test
  void revoke_unknownId_isNotFound() {
    api.json(404, "{\"detail\": \"Not found.\"}");

    ManagementException e =
        Coded.assertThrows(
            ManagementException.class,
            CoreErrorCode.API_NOT_FOUND,
            () -> certificates.revoke("c-1"));

    assertEquals(404, e.status().orElseThrow());
    assertFalse(e.outcomeUnknown());
  }

  @Test
  void find_id_looksThroughTheListAndStopsThere() {
    api.json(
        200,
        "{\"results\": [{\"id\": \"a\"}, {\"id\": \"b\", \"name\": \"B\"}],"
            + " \"next\": \"/api/v4/manage/mqtt-certificates/?page=2\"}");

    assertEquals("B", certificates.find("b").orElseThrow().name());
    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void find_unknownId_isEmpty() {
    api.json(200, "[{\"id\": \"a\"}]");

    assertTrue(certificates.find("b").isEmpty());
  }

  @Test
  void active_key_leavesOutRevokedExpiredAndOtherKeys() {
    api.json(
        200,
        """
        [{"id": "live", "api_key_id": "k1", "is_active": true},
         {"id": "revoked", "api_key_id": "k1", "status": "revoked"},
         {"id": "expired", "api_key_id": "k1", "expires_at": "2020-01-01T00:00:00Z"},
         {"id": "other", "api_key_id": "k2", "is_active": true},
         {"id": "nested", "api_key": {"id": "k1"}, "is_active": true},
         {"id": "untold"}]
        """);

    List<String> ids = certificates.active("k1").stream().map(MqttCertificate::id).toList();

    assertEquals(List.of("live", "nested", "untold"), ids);
  }

  @Test
  void list_entry_isReadWithItsUnknownFields() {
    api.json(
        200,
        """
        [{"id": 17, "name": "P", "api_key_id": "k1", "fingerprint": "a1", "is_active": true,
          "created_at": "2026-03-17T10:00:00.123456+10:00", "expires_at": "2027-03-17T00:00:00",
          "colour": "red"}]
        """);

    MqttCertificate certificate = certificates.list().findFirst().orElseThrow();

    assertEquals("17", certificate.id());
    assertEquals(Instant.parse("2026-03-17T00:00:00.123456Z"), certificate.createdAt());
    assertEquals(Instant.parse("2027-03-17T00:00:00Z"), certificate.expiresAt());
    assertEquals(new JsonString("red"), certificate.unknownFields().get("colour"));
  }
}
