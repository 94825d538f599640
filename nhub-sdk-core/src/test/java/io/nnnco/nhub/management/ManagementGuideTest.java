package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.identity.ClientIdentity;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/management.md shows. */
final class ManagementGuideTest {
  private final MockApi api = new MockApi();
  private final LossyPlatform platform = new LossyPlatform();
  private final Management management = api.builder().build();

  @AfterEach
  void close() {
    management.close();
    platform.close();
    api.close();
  }

  @Test
  void guide_everyBlock_isOneOfTheRegionsBelow() {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/management.md"),
            Path.of("src/test/java/io/nnnco/nhub/management/ManagementGuideTest.java")));
  }

  @Test
  void guide_build() {
    String tokenText = "from-your-vault";
    // tag::build
    NHubEnvironment environment = NHubEnvironment.of("dev-au-03");
    Secret token = Secret.of(tokenText);
    Management management = Management.builder(environment).token(token).build();
    // end::build
    try (management) {
      assertEquals("api.dev-au-03.nnnco.io", environment.api().getHost());
    }
  }

  @Test
  void guide_createKey() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc-mqtt-prod\", \"token\": \"secret\"}");
    // tag::create-key
    ApiKey key = management.apiKeys().create("svc-mqtt-prod");
    String apiKeyId = key.id();
    Secret mqttPassword = key.token(); // shown this once; null if the platform sent none
    // end::create-key
    assertEquals("7d0a", apiKeyId);
    assertEquals(Secret.of("secret"), mqttPassword);
  }

  @Test
  void guide_issueTo(@TempDir Path temporary) {
    try (Management management =
        Management.builder(platform.environment()).token(MockApi.TOKEN).build()) {
      String apiKeyId = "7d0a";
      Path directory = temporary.resolve("certs");
      // tag::issue-to
      Certificates certificates = management.certificates();
      certificates.recover(directory); // does nothing unless an earlier start was interrupted
      if (!Files.exists(directory.resolve("client.crt"))) {
        certificates.issueTo(directory, CertificateSpec.of("Production MQTT Client", apiKeyId));
      }
      ClientIdentity identity = ClientIdentity.load(directory);
      // end::issue-to
      assertEquals(platform.active().get(0).identity, identity);
    }
  }

  @Test
  void guide_issue(@TempDir Path directory) {
    try (Management management =
        Management.builder(platform.environment()).token(MockApi.TOKEN).build()) {
      String apiKeyId = "7d0a";
      // tag::issue
      CertificateSpec spec =
          CertificateSpec.of("Production MQTT Client", apiKeyId).withValidity(Duration.ofDays(90));
      IssuedCertificate issued = management.certificates().issue(spec);
      issued.identity().save(directory);
      // end::issue
      assertEquals(issued.identity(), ClientIdentity.load(directory));
    }
  }

  @Test
  void guide_listAndRevoke() {
    api.json(
            200,
            "[{\"id\": \"c-1\", \"name\": \"Old\", \"status\": \"active\","
                + " \"expires_at\": \"2027-01-01T00:00:00Z\"}]")
        .json(200, "[{\"id\": \"c-1\"}]")
        .json(200, "[{\"id\": \"c-1\"}]")
        .enqueue(new MockResponse.Builder().code(204));
    List<String> lines = new ArrayList<>();
    String apiKeyId = "7d0a";
    // tag::list
    management
        .certificates()
        .list()
        .filter(certificate -> certificate.status() == CertificateStatus.ACTIVE)
        .forEach(certificate -> lines.add(certificate.name() + " " + certificate.expiresAt()));
    List<MqttCertificate> counted = management.certificates().active(apiKeyId);
    Optional<MqttCertificate> one = management.certificates().find("c-1");
    management.certificates().revoke("c-1");
    // end::list
    assertEquals(List.of("Old 2027-01-01T00:00:00Z"), lines);
    assertEquals(1, counted.size());
    assertTrue(one.isPresent());
  }

  @Test
  void guide_errors() {
    api.json(503, "{}");
    String apiKeyId = "7d0a";
    List<String> log = new ArrayList<>();
    // tag::errors
    try {
      management.certificates().issue("Production MQTT Client", apiKeyId);
    } catch (CertificateLimitException e) {
      e.revocable().forEach(certificate -> log.add("could be revoked: " + certificate.id()));
    } catch (InvalidRequestException e) {
      e.fieldErrors().forEach((field, messages) -> log.add(field + ": " + messages));
    } catch (ManagementException e) {
      log.add(e.code().id() + ", unknown outcome: " + e.outcomeUnknown() + ", " + e.advice());
    }
    // end::errors
    assertTrue(log.get(0).startsWith("NHUB-API-006, unknown outcome: true"), log.get(0));
  }

  @Test
  void guide_limits() {
    api.json(200, "[]");
    NHubEnvironment environment = api.environment();
    Secret token = MockApi.TOKEN;
    // tag::limits
    Management patient =
        Management.builder(environment)
            .token(token)
            .retryPolicy(new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(30)))
            .callTimeout(Duration.ofMinutes(5))
            .attemptTimeout(Duration.ofSeconds(30))
            .build();
    // end::limits
    try (patient) {
      assertEquals(0, patient.certificates().listPage(1).certificates().size());
    }
  }

  /** Stands for an OAuth 2 client. */
  private static final class TokenCache {
    private int made;

    Secret current() {
      return Secret.of("jwt-" + made);
    }

    Secret renew() {
      made++;
      return current();
    }
  }

  @Test
  void guide_tokenProvider() {
    api.json(401, "{}").json(200, "[]");
    NHubEnvironment environment = api.environment();
    TokenCache cache = new TokenCache();
    // tag::token-provider
    TokenProvider provider =
        new TokenProvider() {
          @Override
          public Secret token() {
            return cache.current(); // asked before every request
          }

          @Override
          public Secret tokenAfterRejection(Secret rejected) {
            return cache.renew(); // asked once after a 401
          }
        };
    Management renewing = Management.builder(environment).tokenProvider(provider).build();
    // end::token-provider
    try (renewing) {
      renewing.certificates().listPage(1);
    }
    api.taken();
    assertEquals("Bearer jwt-1", api.taken().getHeaders().get("Authorization"));
  }

  @Test
  void guide_ownClient() {
    api.json(200, "[]");
    String proxyHost = "localhost";
    int proxyPort = api.server.getPort();
    NHubEnvironment environment = api.environment();
    Secret token = MockApi.TOKEN;
    // tag::own-client
    OkHttpClient yours =
        new OkHttpClient.Builder()
            .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxyHost, proxyPort)))
            .build();
    Management viaProxy = Management.builder(environment).token(token).httpClient(yours).build();
    // end::own-client
    try (viaProxy) {
      viaProxy.certificates().listPage(1);
    }
    // An API on this machine is never asked through a proxy.
    assertEquals("/api/v4/manage/mqtt-certificates/?page=1", api.taken().getTarget());
  }

  @Test
  void guide_async() {
    api.json(201, "{\"id\": \"7d0a\", \"username\": \"svc-mqtt-prod\"}").json(403, "{}");
    // tag::async
    CompletableFuture<IssuedCertificate> issued =
        management
            .async()
            .apiKeys()
            .create("svc-mqtt-prod")
            .thenApply(key -> management.certificates().issue("Production", key.id()));
    // end::async
    assertThrows(RuntimeException.class, issued::join);
    assertEquals(2, api.server.getRequestCount());
  }
}
