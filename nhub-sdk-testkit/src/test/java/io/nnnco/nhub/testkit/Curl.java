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
import java.util.concurrent.Future;

/** A plain HTTP client: the fake is tested by what it says, and not through the SDK. */
final class Curl {
  record Response(int status, HttpResponse<String> http) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(http.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + http.body(), e);
      }
    }

    String text(String field) {
      return json().path(field).asText();
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakeNHub fake;
  private final String authorization;

  private Curl(FakeNHub fake, String authorization) {
    this.fake = fake;
    this.authorization = authorization;
  }

  static Curl as(FakeNHub fake, Secret token) {
    return new Curl(fake, "Bearer " + token.reveal());
  }

  /** With any header at all; empty for none. */
  static Curl authorizedBy(FakeNHub fake, String authorization) {
    return new Curl(fake, authorization);
  }

  Response post(String path, String json) throws IOException {
    return send("POST", path, json, "application/json");
  }

  /** Sends it without waiting for the response, for which there is no limit of time. */
  Future<Response> postAsync(String path, String json) {
    HttpRequest request = request("POST", path, json, "application/json").build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> new Response(response.statusCode(), response));
  }

  Response get(String path) throws IOException {
    return send("GET", path, "", "");
  }

  Response send(String method, String path, String body, String type) throws IOException {
    HttpRequest request = request(method, path, body, type).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Response(response.statusCode(), response);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String method, String path, String body, String type) {
    URI address = fake.environment().api().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  /** Creates an API key; returns its id. */
  String createKey(String username) throws IOException {
    return post("users/", "{\"username\": \"" + username + "\", \"is_service_account\": true}")
        .text("id");
  }

  /** Issues a certificate. */
  Response issue(String keyId) throws IOException {
    return post("mqtt-certificates/", "{\"name\": \"Test\", \"api_key_id\": \"" + keyId + "\"}");
  }
}
