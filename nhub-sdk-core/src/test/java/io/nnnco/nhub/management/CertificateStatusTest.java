package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule R8: whichever fields an entry has, they come to one status. Now is 2026-11-23. */
final class CertificateStatusTest extends ManagementFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'is_active': true                                       | ACTIVE",
        "'is_active': false                                      | REVOKED",
        "'is_active': false, 'expires_at': '2026-01-01T00:00:00Z'| EXPIRED",
        "'is_active': false, 'revoked_at': null                  | REVOKED",
        "'is_active': null                                       | UNKNOWN",
        "'active': 1                                             | ACTIVE",
        "'revoked': true                                         | REVOKED",
        "'revoked': 'True'                                       | REVOKED",
        "'revoked': false                                        | ACTIVE",
        "'is_revoked': 0                                         | ACTIVE",
        "'revoked_at': '2026-03-17T00:00:00Z'                    | REVOKED",
        "'revoked_at': null                                      | ACTIVE",
        "'revoked_at': ''                                        | ACTIVE",
        "'status': 'active'                                      | ACTIVE",
        "'status': 'ACTIVE'                                      | ACTIVE",
        "'status': 'Revoked'                                     | REVOKED",
        "'status': 'EXPIRED'                                     | EXPIRED",
        "'status': 'inactive'                                    | REVOKED",
        "'status': 'pending'                                     | UNKNOWN",
        "'status': 'pending', 'revoked_at': null                 | UNKNOWN",
        "'status': 'active', 'revoked': true                     | REVOKED",
        "'status': 'active', 'expires_at': '2026-01-01T00:00:00Z'| EXPIRED",
        "'is_active': true, 'revoked_at': '2026-01-01T00:00:00Z' | REVOKED",
        "'is_active': true, 'expires_at': '2026-11-23T00:00:00Z' | EXPIRED",
        "'is_active': true, 'expires_at': '2026-11-23T00:00:01Z' | ACTIVE",
        "'is_active': true, 'expires_at': '2026-11-22T23:59:59+0000' | EXPIRED",
        "'is_active': true, 'expires_at': '2026-11-23 00:00:00+00' | EXPIRED",
        "'expires_at': '2030-01-01T00:00:00Z'                    | UNKNOWN",
        "'name': 'nothing told'                                  | UNKNOWN",
      })
  void list_fieldsOfAnEntry_comeToOneStatus(String fields, CertificateStatus expected) {
    api.json(200, "[{'id': 'a', ".replace('\'', '"') + fields.replace('\'', '"') + "}]");

    MqttCertificate certificate = management.certificates().list().findFirst().orElseThrow();

    assertEquals(expected, certificate.status());
  }
}
