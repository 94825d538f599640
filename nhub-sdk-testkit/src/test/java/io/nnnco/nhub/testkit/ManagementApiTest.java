package io.nnnco.nhub.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.Curl.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R1 to R9, by plain HTTP. */
final class ManagementApiTest {
  private static final Instant NOW = Instant.parse("2026-03-17T00:00:00Z");

  private final VirtualClock clock = VirtualClock.at(NOW);
  private FakeNHub fake = start(FakeNHub.builder());
  private Curl curl = Curl.as(fake, fake.adminToken());

  private FakeNHub start(FakeNHubBuilder builder) {
    return builder.enterprises("nnn.acme", "nnn.beta").clock(clock).start();
  }

  private void restart(FakeNHubBuilder builder) {
    fake.close();
    fake = start(builder);
    curl = Curl.as(fake, fake.adminToken());
  }

  @BeforeEach
  void theFakeIsThere() {
    assertTrue(fake.environment().api().getPath().equals("/api/v4/manage/"));
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @Tag("R1")
  void response_always_isJsonWithUtcTimes() throws IOException {
    Response response = curl.issue(curl.createKey("svc"));

    assertEquals("application/json", response.http().headers().firstValue("Content-Type").get());
    assertEquals("2027-03-17T00:00:00Z", response.text("expires_at"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing/", "nothing", "mqtt-certificates/a/b/"})
  @Tag("R1")
  void anyPath_thatIsNotOne_is404(String path) throws IOException {
    assertEquals(404, curl.get(path).status());
  }

  @ParameterizedTest
  @CsvSource({"PUT,users/", "GET,users/", "DELETE,mqtt-certificates/"})
  @Tag("R1")
  void anyPath_withAnotherMethod_is405(String method, String path) throws IOException {
    Response response = curl.send(method, path, "", "");

    assertEquals(405, response.status());
    assertEquals("Method \"" + method + "\" not allowed.", response.text("detail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Token wrong", "Basic dTpw", "Bearer a b"})
  @Tag("R2")
  void anyCall_withoutOrWithWrongToken_is401(String authorization) throws IOException {
    Response response = Curl.authorizedBy(fake, authorization).get("mqtt-certificates/");

    assertEquals(401, response.status());
    assertFalse(response.text("detail").isBlank());
  }

  @Test
  @Tag("R2")
  void anyCall_withTwoValuesInItsBody_isNoJson() throws IOException {
    String body = "{\"username\": \"svc\", \"is_service_account\": true}";

    Response response = curl.post("users/", body + body);

    assertEquals(400, response.status());
    assertTrue(response.text("detail").startsWith("JSON parse error"), response::toString);
  }

  @Test
  @Tag("R2")
  void anyCall_withTokenInsteadOfBearer_isAccepted() throws IOException {
    Curl token = Curl.authorizedBy(fake, "Token " + fake.adminToken().reveal());

    assertEquals(200, token.get("mqtt-certificates/").status());
  }

  @Test
  @Tag("R2")
  void anyCall_withAnApiKeysToken_is403() throws IOException {
    Curl key = Curl.as(fake, fake.apiKey("nnn.acme").token());

    assertEquals(403, key.get("mqtt-certificates/").status());
  }

  @Test
  @Tag("R2")
  void anyCall_withAnInactiveApiKeysToken_is401() throws IOException {
    FakeApiKey key = fake.apiKey("nnn.acme");
    fake.deactivate(key.id());

    assertEquals(401, Curl.as(fake, key.token()).get("mqtt-certificates/").status());
  }

  @Test
  @Tag("R3")
  void createKey_once_hasIdAndToken() throws IOException {
    Response response =
        curl.post("users/", "{\"username\": \"svc-mqtt-prod\", \"is_service_account\": true}");

    assertEquals(201, response.status());
    assertEquals("svc-mqtt-prod", response.text("username"));
    assertEquals(36, response.text("id").length());
    assertEquals(40, response.text("token").length());
    assertEquals("nnn.acme", response.text("enterprise"));
  }

  @Test
  @Tag("R3")
  void createKey_byAnEnterprisesAdmin_isOfThatEnterprise() throws IOException {
    Curl beta = Curl.as(fake, fake.adminToken("nnn.beta"));

    assertEquals("nnn.beta", beta.post("users/", "{\"username\": \"b\"}").text("enterprise"));
  }

  @Test
  @Tag("R3")
  void createKey_twiceWithOneName_is400() throws IOException {
    curl.createKey("svc");

    Response second = curl.post("users/", "{\"username\": \"svc\"}");

    assertEquals(400, second.status());
    assertEquals(
        "A user with that username already exists.", second.json().at("/username/0").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; /username/0; This field is required.",
        "{\"username\": null}; /username/0; This field may not be null.",
        "{\"username\": \" \"}; /username/0; This field may not be blank.",
        "{\"username\": []}; /username/0; Not a valid string.",
        "{\"username\": \"a b\"}; /username/0; Enter a valid username. This value may contain only"
            + " letters, numbers, and @/./+/-/_ characters.",
        "{\"username\": \"a\", \"is_service_account\": 7}; /is_service_account/0; Must be a valid"
            + " boolean.",
        "[]; /non_field_errors/0; Invalid data. Expected a dictionary, but got list.",
      })
  @Tag("R2")
  void createKey_malformed_is400WithTheField(String body, String where, String message)
      throws IOException {
    Response response = curl.post("users/", body);

    assertEquals(400, response.status());
    assertEquals(message, response.json().at(where).asText());
  }

  @Test
  @Tag("R2")
  void createKey_thatIsNotJson_is400Or415() throws IOException {
    assertEquals(400, curl.post("users/", "{\"username\": ").status());
    assertEquals(415, curl.send("POST", "users/", "username=a", "text/plain").status());
  }

  @Test
  @Tag("R4")
  void issue_once_hasThePemsOfAnIdentity() throws IOException {
    Response response = curl.issue(curl.createKey("svc"));

    assertEquals(201, response.status());
    assertTrue(response.text("private_key_pem").startsWith("-----BEGIN EC PRIVATE KEY-----\n"));
    assertEquals(response.text("fingerprint"), identity(response).fingerprint());
    assertEquals(fake.caCertificatePem(), response.text("ca_certificate_pem"));
    assertEquals(NOW.plus(Duration.ofDays(365)), identity(response).expiresAt());
  }

  @Test
  @Tag("R4")
  void issue_withPkcs8Keys_hasTheOtherForm() throws IOException {
    restart(FakeNHub.builder().pkcs8Keys());
    Response response = curl.issue(curl.createKey("svc"));

    assertTrue(response.text("private_key_pem").startsWith("-----BEGIN PRIVATE KEY-----\n"));
    assertEquals(response.text("fingerprint"), identity(response).fingerprint());
  }

  @Test
  @Tag("R4")
  void issue_forAnUnknownOrForeignOrInactiveKey_is400() throws IOException {
    String inactive = curl.createKey("inactive");
    fake.deactivate(inactive);
    Curl beta = Curl.as(fake, fake.adminToken("nnn.beta"));

    assertFalse(curl.issue("no-such-key").json().at("/api_key_id/0").isMissingNode());
    assertFalse(beta.issue(curl.createKey("svc")).json().at("/api_key_id/0").isMissingNode());
    assertFalse(curl.issue(inactive).json().at("/api_key_id/0").isMissingNode());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2026-03-17T01:00:00Z",
    "87600, 2036-03-14T00:00:00Z",
    "'\"24\"', 2026-03-18T00:00:00Z"
  })
  @Tag("R5")
  void issue_withinTheLimits_expiresThen(String hours, String expiry) throws IOException {
    assertEquals(expiry, issueFor(hours).text("expires_at"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "87601", "99999999999", "1.5", "null", "\"soon\"", "{}"})
  @Tag("R5")
  void issue_outsideTheLimits_is400OnThatField(String hours) throws IOException {
    Response response = issueFor(hours);

    assertEquals(400, response.status());
    assertTrue(response.json().at("/validity_hours/0").isTextual());
  }

  @Test
  @Tag("R6")
  void issue_anEleventhActiveOne_is400UntilOneIsRevokedOrExpired() throws IOException {
    String key = curl.createKey("svc");
    String first = curl.issue(key).text("id");
    for (int i = 2; i <= 10; i++) {
      assertEquals(201, curl.issue(key).status());
    }

    assertTrue(curl.issue(key).json().at("/non_field_errors/0").isTextual());
    assertEquals(201, curl.issue(curl.createKey("other")).status());
    curl.post("mqtt-certificates/" + first + "/revoke/", "");
    assertEquals(201, curl.issue(key).status());
    assertEquals(400, curl.issue(key).status());
    clock.advance(Duration.ofDays(365));
    assertEquals(201, curl.issue(key).status());
  }

  @Test
  @Tag("R7")
  void list_always_isWithoutKeys() throws IOException {
    String id = curl.issue(curl.createKey("svc")).text("id");
    Response revoked = curl.post("mqtt-certificates/" + id + "/revoke/", "");

    assertFalse(curl.get("mqtt-certificates/").http().body().contains("PRIVATE"));
    assertFalse(revoked.http().body().contains("PRIVATE"));
  }

  @Test
  @Tag("R8")
  void list_ofMoreThanAPage_isLinked() throws IOException {
    restart(FakeNHub.builder().pageSize(2));
    String key = curl.createKey("svc");
    for (int i = 0; i < 5; i++) {
      curl.issue(key);
    }

    JsonNode first = curl.get("mqtt-certificates/").json();
    JsonNode second = curl.get(first.get("next").asText()).json();
    JsonNode third = curl.get(second.get("next").asText()).json();

    assertEquals(5, first.get("count").asInt());
    assertTrue(first.get("previous").isNull());
    assertEquals(2, second.get("results").size());
    assertEquals(first, curl.get(second.get("previous").asText()).json());
    assertEquals(1, third.get("results").size());
    assertTrue(third.get("next").isNull());
    assertEquals(third, curl.get("mqtt-certificates/?page=last").json());
  }

  @Test
  @Tag("R8")
  void list_unlessSaidOtherwise_isInPagesOfAHundred() throws IOException {
    for (int i = 0; i < 101; i++) {
      fake.identities().fresh(FakeNHub.DEFAULT_ENTERPRISE);
    }

    assertEquals(100, curl.get("mqtt-certificates/").json().get("results").size());
    assertEquals(1, curl.get("mqtt-certificates/?page=2").json().get("results").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "-1", "x", "1.0", "99999999999"})
  @Tag("R8")
  void list_ofAPageThatIsNotThere_is404(String page) throws IOException {
    assertEquals(404, curl.get("mqtt-certificates/?page=" + page).status());
  }

  @Test
  @Tag("R8")
  void list_ofNothing_isAnEmptyPage() throws IOException {
    JsonNode page = curl.get("mqtt-certificates/").json();

    assertEquals(0, page.get("count").asInt());
    assertEquals(0, page.get("results").size());
  }

  @Test
  @Tag("R8")
  void list_withBareLists_isAnArray() throws IOException {
    restart(FakeNHub.builder().bareLists());
    curl.issue(curl.createKey("svc"));

    assertEquals(1, curl.get("mqtt-certificates/").json().size());
    assertTrue(curl.get("mqtt-certificates/").json().isArray());
  }

  @Test
  @Tag("R8")
  void list_byAnEnterprisesAdmin_isWithoutOthers() throws IOException {
    curl.issue(curl.createKey("svc"));
    Curl beta = Curl.as(fake, fake.adminToken("nnn.beta"));
    String own = beta.issue(beta.createKey("b")).text("id");

    JsonNode results = beta.get("mqtt-certificates/").json().get("results");

    assertEquals(1, results.size());
    assertEquals(own, results.at("/0/id").asText());
  }

  @Test
  @Tag("R9")
  void revoke_onceAndTwice_succeedsWithTheFirstDate() throws IOException {
    String id = curl.issue(curl.createKey("svc")).text("id");

    Response first = curl.post("mqtt-certificates/" + id + "/revoke/", "");
    clock.advance(Duration.ofDays(1));
    Response second = curl.post("mqtt-certificates/" + id + "/revoke/", "");

    assertEquals(200, first.status());
    assertEquals(NOW.toString(), second.text("revoked_at"));
    assertEquals("false", second.text("is_active"));
  }

  @Test
  @Tag("R9")
  void revoke_unknownOrForeign_is404() throws IOException {
    String id = curl.issue(curl.createKey("svc")).text("id");
    Curl beta = Curl.as(fake, fake.adminToken("nnn.beta"));

    assertEquals(404, curl.post("mqtt-certificates/none/revoke/", "").status());
    assertEquals(404, beta.post("mqtt-certificates/" + id + "/revoke/", "").status());
    assertNotEquals(
        "false", curl.get("mqtt-certificates/").json().at("/results/0/is_active").asText());
  }

  @Test
  void requests_ofEachCall_areInTheJournalWithoutTheTokenInPrint() throws IOException {
    curl.get("mqtt-certificates/?page=7");

    RequestRecord seen = fake.requests().take(Duration.ZERO);

    assertEquals("GET", seen.method());
    assertEquals("/api/v4/manage/mqtt-certificates/", seen.path());
    assertEquals("page=7", seen.query());
    assertEquals(404, seen.status());
    assertEquals("Bearer " + fake.adminToken().reveal(), seen.header("Authorization"));
    assertFalse(seen.toString().contains(fake.adminToken().reveal()));
  }

  private Response issueFor(String hours) throws IOException {
    return curl.post(
        "mqtt-certificates/",
        "{\"name\": \"Test\", \"api_key_id\": \""
            + curl.createKey("svc")
            + "\", \"validity_hours\": "
            + hours
            + "}");
  }

  private static ClientIdentity identity(Response response) {
    return ClientIdentity.fromPem(
        response.text("certificate_pem"),
        response.text("private_key_pem"),
        response.text("ca_certificate_pem"));
  }
}
