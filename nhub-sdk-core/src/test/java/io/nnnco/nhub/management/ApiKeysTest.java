package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.JsonValue.JsonNumber;
import io.nnnco.nhub.core.JsonValue.JsonString;
import io.nnnco.nhub.core.Secret;
import java.math.BigDecimal;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** Rules R1 to R3: creating API keys. */
final class ApiKeysTest extends ManagementFixture {
  @Test
  void create_username_sendsTheDocumentedRequest() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc-mqtt-prod\"}");

    management.apiKeys().create("svc-mqtt-prod");

    RecordedRequest request = api.taken();
    assertEquals("POST /api/v4/manage/users/ HTTP/1.1", request.getRequestLine());
    assertEquals("Bearer canned-token-0123456789", request.getHeaders().get("Authorization"));
    assertEquals("application/json", request.getHeaders().get("Content-Type"));
    assertEquals("application/json", request.getHeaders().get("Accept"));
    assertEquals(
        "{\"username\":\"svc-mqtt-prod\",\"is_service_account\":true}", request.getBody().utf8());
  }

  @Test
  void create_anyCall_namesTheSdkAndItsVersion() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\"}");

    management.apiKeys().create("svc");

    String agent = api.taken().getHeaders().get("User-Agent");
    assertTrue(
        agent != null && agent.matches("nhub-sdk-java/\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), agent);
  }

  @Test
  void create_responseWithToken_keepsItAsSecretAndTheRestReadable() {
    api.json(
        201,
        "{\"id\": \"7d0a\", \"username\": \"api-svc-04f62b\", \"token\": \"one-time-token\","
            + " \"quota\": 22.50, \"groups\": [\"a\", null]}");

    ApiKey key = management.apiKeys().create("svc");

    assertEquals("7d0a", key.id());
    assertEquals("api-svc-04f62b", key.username());
    assertEquals(Secret.of("one-time-token"), key.token());
    assertEquals(new JsonNumber(new BigDecimal("22.50")), key.unknownFields().get("quota"));
    assertEquals("[\"a\",null]", String.valueOf(key.unknownFields().get("groups")));
    assertFalse(key.toString().contains("one-time"), key.toString());
  }

  @Test
  void create_responseWithoutToken_hasNoToken() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\", \"token\": null}");

    ApiKey key = management.apiKeys().create("svc");

    assertNull(key.token());
    assertEquals(Map.of(), key.unknownFields());
  }

  @Test
  void create_specWithExtraField_sendsIt() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc\"}");

    management
        .apiKeys()
        .create(
            ApiKeySpec.of("s\"v\\c")
                .withServiceAccount(false)
                .withField("email", new JsonString("a@example.com")));

    assertEquals(
        "{\"username\":\"s\\\"v\\\\c\",\"is_service_account\":false,\"email\":\"a@example.com\"}",
        api.taken().getBody().utf8());
  }

  @Test
  void create_blankUsername_isRefusedBeforeAnyCall() {
    assertThrows(IllegalArgumentException.class, () -> management.apiKeys().create(" "));
    assertEquals(0, api.server.getRequestCount());
  }
}
