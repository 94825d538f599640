package io.nnnco.nhub.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nnnco.nhub.micrometer.DocumentedMeters.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus says to the metrics, the rules and the dashboard. */
@Timeout(180)
class PrometheusTest {
  @BeforeAll
  static void require() {
    Prometheus.require();
  }

  @Test
  void rules_areAccepted() throws Exception {
    String output = Prometheus.promtool(OperationsTest.OPERATIONS, "check", "rules", "alerts.yml");
    assertTrue(output.contains("9 rules found"), output);
  }

  @Test
  void rules_fireWhenTheyShould_andOnlyThen() throws Exception {
    Prometheus.promtool(OperationsTest.OPERATIONS, "test", "rules", "alerts-test.yml");
  }

  @Test
  void scrape_findsEachDocumentedSeries_andTheDashboardsQueriesRun(@TempDir Path directory)
      throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HttpServer server = serve(registry);
    try (EveryMeter every = new EveryMeter(registry, 10);
        Prometheus prometheus = new Prometheus(directory, server.getAddress().getPort())) {
      prometheus.awaitScrapes();
      List<String> missing = new ArrayList<>();
      for (String series : DocumentedMeters.rows().stream().flatMap(Row::allSeries).toList()) {
        if (prometheus.query(series).isEmpty()) {
          missing.add(series);
        }
      }
      assertEquals(List.of(), missing);
      assertEquals(11, value(prometheus.query("nhub_messages_received_total")));
      for (String query : OperationsTest.dashboardQueries()) {
        String filled =
            query
                .replace("$__rate_interval", "1m")
                .replaceAll("\\$(enterprise|subscription)", ".*");
        assertTrue(!prometheus.query(filled).isEmpty(), filled);
      }
      JsonNode rules = prometheus.get("/api/v1/rules").path("data").path("groups").path(0);
      assertEquals(9, rules.path("rules").size(), rules::toString);
      assertTrue(every.subscription.health().live());
    } finally {
      server.stop(0);
    }
  }

  private static double value(JsonNode result) {
    return result.path(0).path("value").path(1).asDouble();
  }

  private static HttpServer serve(PrometheusMeterRegistry registry) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] body = registry.scrape().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }
}
