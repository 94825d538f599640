package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R1: times are ISO 8601 and UTC, as different servers write them. */
final class IsoTimeTest extends ManagementFixture {
  private MqttCertificate expiringAt(String text) {
    api.json(200, "[{\"id\": \"a\", \"expires_at\": \"" + text + "\"}]");
    return management.certificates().list().findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-17T10:00:00Z, 2026-03-17T10:00:00Z",
    "2026-03-17t10:00:00z, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00:00+0000, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00:00+00, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00:00+00:00, 2026-03-17T10:00:00Z",
    "2026-03-17T20:00:00+1000, 2026-03-17T10:00:00Z",
    "2026-03-17T04:30:00-05:30, 2026-03-17T10:00:00Z",
    "2026-03-17 10:00:00+00:00, 2026-03-17T10:00:00Z",
    "2026-03-17 10:00:00 UTC, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00:00, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00, 2026-03-17T10:00:00Z",
    "2026-03-17T10:00:00.5Z, 2026-03-17T10:00:00.500Z",
    "2026-03-17T10:00:00.123456+0000, 2026-03-17T10:00:00.123456Z",
    "2026-03-17T10:00:00.123456789012Z, 2026-03-17T10:00:00.123456789Z",
    "2026-03-17T11:00:00+01:00[Europe/Paris], 2026-03-17T10:00:00Z",
  })
  void list_timeAsAServerWritesIt_isRead(String text, Instant expected) {
    assertEquals(expected, expiringAt(text).expiresAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "2026-02-30T10:00:00Z", "2026-03-17T25:00:00Z", "2026-03-17"})
  void list_noTime_isLeftInTheUnknownFields(String text) {
    MqttCertificate certificate = expiringAt(text);

    assertNull(certificate.expiresAt());
    assertEquals("\"" + text + "\"", String.valueOf(certificate.unknownFields().get("expires_at")));
  }
}
