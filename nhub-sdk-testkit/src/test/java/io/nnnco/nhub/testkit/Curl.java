package io.nnnco.nhub.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.core.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A plain HTTP client: the fake is tested by what it says, and not through the SDK. */
final class Curl {
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + response.body(), e);
      }
    }

    String text(String field) {
      return json().path(field).asText();
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakeNHub fake;
  private final String authorization;
  private final Duration timeout;

  private Curl(FakeNHub fake, String authorization, Duration timeout) {
    this.fake = fake;
    this.authorization = authorization;
    this.timeout = timeout;
  }

  static Curl as(FakeNHub fake, Secret token) {
    return new Curl(fake, "Bearer " + token.reveal(), Duration.ofSeconds(20));
  }

  /** With any header at all; empty for none. */
  static Curl authorizedBy(FakeNHub fake, String authorization) {
    return new Curl(fake, authorization, Duration.ofSeconds(20));
  }

  Curl withTimeout(Duration other) {
    return new Curl(fake, authorization, other);
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, json, "application/json");
  }

  Answer get(String path) throws IOException {
    return send("GET", path, "", "");
  }

  Answer send(String method, String path, String body, String type) throws IOException {
    URI address = fake.environment().api().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Creates an API key; returns its id. */
  String createKey(String username) throws IOException {
    return post("users/", "{\"username\": \"" + username + "\", \"is_service_account\": true}")
        .text("id");
  }

  /** Issues a certificate. */
  Answer issue(String keyId) throws IOException {
    return post("mqtt-certificates/", "{\"name\": \"Test\", \"api_key_id\": \"" + keyId + "\"}");
  }
}
