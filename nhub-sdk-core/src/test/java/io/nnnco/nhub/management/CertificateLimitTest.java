package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.internal.HostileText;
import io.nnnco.nhub.docs.Coded;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule R6: at most 10 active certificates per API key, and an error that says which they are. */
final class CertificateLimitTest extends ManagementFixture {
  private InvalidRequestException failure() {
    return assertThrows(
        InvalidRequestException.class, () -> management.certificates().issue("One more", "k1"));
  }

  private void listOf(int active) {
    String entries =
        IntStream.rangeClosed(1, active)
            .mapToObj(
                i ->
                    "{\"id\": \"c-%d\", \"name\": \"N%d\", \"api_key_id\": \"K1\", \"is_active\": true}"
                        .formatted(i, i))
            .collect(Collectors.joining(","));
    api.json(
        200,
        "["
            + entries
            + ", {\"id\": \"dead\", \"api_key_id\": \"k1\", \"revoked\": true}"
            + ", {\"id\": \"foreign\", \"api_key_id\": \"k2\", \"is_active\": true}]");
  }

  @Test
  void issue_eleventhCertificate_namesTheTenThatCouldBeRevoked() {
    api.json(400, "{\"non_field_errors\": [\"Zu viele.\"]}");
    listOf(10);

    CertificateLimitException e = assertInstanceOf(CertificateLimitException.class, failure());

    assertEquals(10, e.revocable().size());
    assertEquals("c-10", e.revocable().get(9).id());
    assertEquals("NHUB-API-012", e.code().id());
    assertFalse(e.outcomeUnknown());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("10 active certificates") && message.contains("c-7 (N7"), message);
    assertEquals(Map.of("non_field_errors", List.of("Zu viele.")), e.fieldErrors());
  }

  @Test
  void issue_limitAndHostileNames_showsThemHarmless() {
    String name = new JsonString(HostileText.CONTROLS + HostileText.LONG).toString();
    String entry = "{\"id\": %s, \"name\": %s, \"api_key_id\": \"k1\", \"is_active\": true}";
    api.json(400, "{\"detail\": %s, %s: [%s]}".formatted(name, name, name));
    api.json(
        200,
        "[" + (entry.formatted(name, name) + ",").repeat(9) + entry.formatted(name, name) + "]");

    CertificateLimitException e = assertInstanceOf(CertificateLimitException.class, failure());

    HostileText.assertHarmless("the error", "" + e.getMessage());
    e.fieldErrors()
        .forEach(
            (field, messages) -> {
              HostileText.assertHarmless("a field", field);
              HostileText.assertHarmless("its message", messages.get(0));
            });
    assertEquals(HostileText.CONTROLS.length() + 60_000, e.revocable().get(0).id().length());
  }

  @Test
  void issue_otherRefusalBelowTheLimit_staysWhatItIs() {
    api.json(400, "{\"api_key_id\": [\"Not active.\"]}");
    listOf(9);

    assertEquals(InvalidRequestException.class, failure().getClass());
  }

  @Test
  void issue_refusalOfAFieldOfTheSpec_isNotLookedInto() {
    api.json(400, "{\"validity_hours\": [\"Too long.\"]}");

    assertEquals(Map.of("validity_hours", List.of("Too long.")), failure().fieldErrors());
    assertEquals(1, api.server.getRequestCount());
  }

  @Test
  void issue_listCannotBeRead_givesTheRefusalAndKeepsTheOtherError() {
    api.json(400, "{\"detail\": \"No.\"}").json(403, "{}");

    InvalidRequestException e = failure();

    assertEquals(InvalidRequestException.class, e.getClass());
    Coded.assertInstanceOf(
        ManagementException.class, CoreErrorCode.API_PERMISSION_DENIED, e.getSuppressed()[0]);
  }
}
