package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One type per cause, each with status, method, path, request id, code and advice. */
final class ApiErrorsTest extends ManagementFixture {
  ApiErrorsTest() {
    use(api.builder().retryPolicy(RetryPolicy.none()));
  }

  private ManagementException failure() {
    return assertThrows(ManagementException.class, () -> management.apiKeys().create("svc"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequestException,       NHUB-API-001, false",
    "401, ManagementException, NHUB-API-002, false",
    "403, ManagementException,     NHUB-API-003, false",
    "404, ManagementException,             NHUB-API-004, false",
    "429, RateLimitedException,          NHUB-API-005, false",
    "500, ManagementException,          NHUB-API-006, true",
    "502, ManagementException,          NHUB-API-006, true",
    "503, ManagementException,          NHUB-API-006, true",
    "405, ManagementException,     NHUB-API-008, false",
    "302, ManagementException,     NHUB-API-008, false",
  })
  void call_status_hasItsOwnErrorWithEverythingKnown(
      int status, String type, String code, boolean outcomeUnknown) {
    api.enqueue(
        MockApi.answer(status, "{\"detail\": \"Because.\"}").setHeader("X-Request-Id", "req-7"));

    ManagementException e = failure();

    assertEquals(type, e.getClass().getSimpleName());
    assertEquals(status, e.status().orElseThrow());
    assertEquals(new ApiCall("POST", "/api/v4/manage/users/", status, "req-7"), e.call());
    assertEquals(code, e.code().id());
    assertEquals(outcomeUnknown, e.outcomeUnknown());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(code + ": POST /api/v4/manage/users/ → " + status), message);
    assertTrue(message.contains("req-7") && message.contains("Because."), message);
    assertTrue(message.endsWith(e.advice()), message);
  }

  @Test
  void call_correlationIdWithoutARequestId_isTakenForOne() {
    api.enqueue(MockApi.answer(404, "{}").setHeader("X-Correlation-Id", "corr-7"));

    assertEquals("corr-7", failure().call().requestId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0af7651916cd43dd8448eb211c80319c", // nginx's $request_id, and a W3C trace id
        "Root=1-67891233-fedcba9876aabbccddeeff00",
        "7bd5c7e4-7a2f-4d4e-8f0e-3a1b2c3d4e5f"
      })
  void call_requestIdOfAUsualForm_isGivenAsItCame(String id) {
    api.enqueue(MockApi.answer(500, "{}").setHeader("X-Request-Id", id));

    assertEquals(id, failure().call().requestId());
  }

  @Test
  void call_badRequest_givesTheMessagesOfEachField() {
    api.json(
        400,
        "{\"username\": [\"Too short.\", \"Taken.\"], \"non_field_errors\": \"No.\","
            + " \"profile\": {\"email\": [\"Wrong.\"]}}");

    InvalidRequestException e = assertInstanceOf(InvalidRequestException.class, failure());

    assertEquals(
        Map.of(
            "username", List.of("Too short.", "Taken."),
            "non_field_errors", List.of("No."),
            "profile.email", List.of("Wrong.")),
        e.fieldErrors());
    assertTrue(String.valueOf(e.getMessage()).contains("username: Too short. Taken."));
  }

  @Test
  void call_badRequestWithBareList_isAboutNoField() {
    api.json(400, "[\"Not like this.\"]");

    InvalidRequestException e = assertInstanceOf(InvalidRequestException.class, failure());

    assertEquals(Map.of("non_field_errors", List.of("Not like this.")), e.fieldErrors());
  }

  @Test
  void call_rateLimited_carriesTheWait() {
    api.enqueue(MockApi.answer(429, "{}").setHeader("Retry-After", "17"));

    RateLimitedException e = assertInstanceOf(RateLimitedException.class, failure());

    assertEquals(Duration.ofSeconds(17), e.retryAfter().orElseThrow());
  }

  @Test
  void call_errorPageOfAProxy_isNamedAndNotQuoted() {
    api.enqueue(
        MockApi.answer(502, "<html><h1>Bad gateway</h1></html>")
            .setHeader("Content-Type", "text/html"));

    ManagementException e = failure();

    Coded.assertInstanceOf(ManagementException.class, CoreErrorCode.API_SERVER_ERROR, e);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("not JSON (text/html)"), message);
    assertFalse(message.contains("<html>"), message);
    assertEquals(null, e.getCause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid token.",
        "Authentication credentials were not provided.",
        "Given token not valid for any token type",
        "Token has expired."
      })
  void call_403OverTheToken_isAnAuthenticationFailure(String detail) {
    api.json(403, "{\"detail\": \"" + detail + "\"}");

    Coded.assertThrows(
        ManagementException.class,
        CoreErrorCode.API_AUTHENTICATION_FAILED,
        () -> management.apiKeys().create("svc"));
  }
}
