package io.nnnco.nhub.spring.actuate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.spring.Eventually;
import io.nnnco.nhub.spring.NHubListener;
import io.nnnco.nhub.spring.NHubListenerRegistry;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** What operators see over HTTP, with a real web server and the settings of the guide. */
@NHubTest
class ActuatorWebTest {
  private static final Path GUIDE = Path.of("..", "..", "..", "docs", "spring-boot.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @NHubListener(id = "meters", enterprise = "nnn.acme", durable = "meters")
    void on(Uplink uplink) {}
  }

  /** An application and its Actuator. */
  private record Running(ConfigurableApplicationContext context) implements AutoCloseable {
    HttpResponse<String> send(String method, String path, BodyPublisher body) throws Exception {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
                  .header("Content-Type", "application/json")
                  .method(method, body)
                  .build(),
              BodyHandlers.ofString());
    }

    JsonNode get(int status, String path) throws Exception {
      HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
      assertEquals(status, response.statusCode(), response.body());
      return JSON.readTree(response.body());
    }

    JsonNode change(String action) throws Exception {
      HttpResponse<String> response =
          send("POST", "nhub/meters", BodyPublishers.ofString("{\"action\":\"" + action + "\"}"));
      assertEquals(200, response.statusCode(), response.body());
      return JSON.readTree(response.body());
    }

    void awaitSubscribed() throws InterruptedException {
      context
          .getBean(NHubListenerRegistry.class)
          .get("meters")
          .subscription()
          .orElseThrow()
          .awaitConnected(Eventually.SOON);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private Running start(FakeNHub fake, Path directory) throws Exception {
    Path yaml = Files.writeString(directory.resolve("guide.yaml"), groups());
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .initializers(
                (GenericApplicationContext starting) ->
                    starting.registerBean(
                        "fake",
                        FakeNHub.class,
                        () -> fake,
                        definition -> definition.setDestroyMethodName("")))
            .run(
                "--server.port=0",
                "--spring.config.location=" + yaml.toUri(),
                "--management.endpoint.health.show-details=always");
    Running running = new Running(context);
    running.awaitSubscribed();
    return running;
  }

  /** The guide's settings of the Actuator. */
  private static String groups() throws Exception {
    Matcher block =
        Pattern.compile("```yaml\\R(management.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE));
    assertTrue(block.find());
    return block.group(1);
  }

  @Test
  void health_groupsOfTheGuide_tellReadyFromLive(FakeNHub fake, @TempDir Path directory)
      throws Exception {
    try (Running application = start(fake, directory)) {
      assertEquals("UP", application.get(200, "health/readiness").get("status").asText());
      assertEquals("UP", application.get(200, "health/liveness").get("status").asText());
      JsonNode nhub = application.get(200, "health").get("components").get("nhub");
      assertEquals("UP", nhub.get("status").asText());
      assertTrue(nhub.get("details").get("listeners").has("meters"), nhub::toString);

      application.change("pause");

      assertEquals(
          "OUT_OF_SERVICE", application.get(503, "health/readiness").get("status").asText());
      assertEquals("UP", application.get(200, "health/liveness").get("status").asText());
    }
  }

  @Test
  void health_subscriptionEnded_isNotLive(FakeNHub fake, @TempDir Path directory) throws Exception {
    try (Running application = start(fake, directory)) {
      fake.revoke(fake.identity());
      fake.dropConnections();
      Eventually.isTrue(
          "ended",
          () -> !application.context().getBean(NHubEndpoint.class).client().health().live());

      assertEquals("DOWN", application.get(503, "health/liveness").get("status").asText());
      assertEquals("DOWN", application.get(503, "health/readiness").get("status").asText());
    }
  }

  @Test
  void endpoint_read_hasTheFieldsOfTheGuide(FakeNHub fake, @TempDir Path directory)
      throws Exception {
    try (Running application = start(fake, directory)) {
      fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);

      JsonNode client = application.get(200, "nhub");
      assertEquals(List.of("health", "listeners", "otherSubscriptions"), names(client));
      JsonNode meters = application.get(200, "nhub/meters");
      assertEquals(List.of("running", "autoStartup", "subscription"), names(meters));
      assertTrue(meters.get("running").asBoolean());
      JsonNode subscription = meters.get("subscription");
      assertEquals("SUBSCRIBED", subscription.get("state").asText());
      assertEquals("[\"nnn.acme\"]", subscription.get("enterprises").toString());
      JsonNode stats = subscription.get("stats");
      assertEquals(1, stats.get("received").asInt());
      Duration.parse(stats.get("lag").asText());
      Instant.parse(stats.get("lastMessageAt").asText());
      Instant.parse(stats.get("subscribedSince").asText());
      Instant.parse(stats.get("certificateExpiresAt").asText());

      List<String> undocumented = new ArrayList<>(names(subscription));
      undocumented.addAll(names(stats));
      undocumented.addAll(names(subscription.get("health")));
      undocumented.addAll(names(client));
      undocumented.addAll(names(meters));
      String guide = Files.readString(GUIDE);
      undocumented.removeIf(name -> guide.contains("`" + name + "`"));
      assertEquals(List.of(), undocumented);
    }
  }

  @Test
  void endpoint_write_changesTheListener(FakeNHub fake, @TempDir Path directory) throws Exception {
    try (Running application = start(fake, directory)) {
      JsonNode paused = application.change("pause");
      assertEquals(
          "PAUSED",
          paused.get("subscription").get("health").get("reason").asText(),
          paused::toString);

      application.change("resume");
      fake.publish(FakeMessage.uplink("A")).awaitDelivered(Eventually.SOON);

      assertFalse(application.change("stop").get("running").asBoolean());
      assertTrue(application.change("start").get("running").asBoolean());
    }
  }

  @Test
  void endpoint_unknownListenerOrAction_isRefused(FakeNHub fake, @TempDir Path directory)
      throws Exception {
    try (Running application = start(fake, directory)) {
      assertEquals(
          404, application.send("GET", "nhub/nothing", BodyPublishers.noBody()).statusCode());
      assertEquals(
          400,
          application
              .send("POST", "nhub/meters", BodyPublishers.ofString("{\"action\":\"explode\"}"))
              .statusCode());
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
