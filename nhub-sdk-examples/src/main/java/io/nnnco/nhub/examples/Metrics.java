package io.nnnco.nhub.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.micrometer.NHubMetrics;
import io.nnnco.nhub.stream.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves metrics to Prometheus, on this machine only: Micrometer's registry, the meters of the
 * client, and the JDK's HTTP server. With a port as its argument, such as 9464, it runs until the
 * subscription ends; without one, it prints what Prometheus would read after twenty uplinks.
 *
 * <p>Needs NHUB_CERTS and NHUB_ENTERPRISE.
 */
public final class Metrics {
  private static final int ENOUGH = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Metrics() {}

  /** Runs against the N-Hub that {@link ExampleSettings} names. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    try (ExampleSettings settings = ExampleSettings.read()) {
      run(settings, arguments);
    }
  }

  static void run(ExampleSettings settings, String... arguments)
      throws IOException, InterruptedException {
    CountDownLatch enough = new CountDownLatch(ENOUGH);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HttpServer server = serve(registry, arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0);
    try (NHubClient nhub =
        NHubClient.builder(settings.environment())
            .credentials(ClientIdentity.load(settings.certs()))
            .build()) {
      // tag::bind
      new NHubMetrics(nhub).bindTo(registry);
      // end::bind
      Subscription uplinks = nhub.subscribe(settings.enterprise(), uplink -> enough.countDown());
      System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
      if (arguments.length > 0) {
        uplinks.awaitClosed();
      } else {
        uplinks.awaitConnected(Duration.ofSeconds(30));
        boolean seen = enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        System.out.print(seen ? registry.scrape() : "Not enough devices spoke.\n");
      }
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer serve(PrometheusMeterRegistry registry, int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
    server.createContext("/metrics", exchange -> respond(exchange, registry.scrape()));
    server.start();
    return server;
  }

  private static void respond(HttpExchange exchange, String page) throws IOException {
    try (exchange) {
      byte[] body = page.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
