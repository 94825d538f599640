package io.nnnco.nhub.brokers.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real worker of Kafka Connect, for tests: a process of its own, spoken to through its REST
 * interface. Its values are JSON without schemas, its keys strings, unless told otherwise.
 */
public final class ConnectWorker implements AutoCloseable {
  /** What suits a test: it starts quickly, and lives for seconds. */
  public static final List<String> SMALL = Program.SMALL;

  /** A response of the REST interface; its body is JSON, or empty. */
  public record Response(int status, String body) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final Program program;
  private final URI rest;

  private ConnectWorker(
      Path folder,
      int port,
      Map<String, String> properties,
      List<String> virtualMachine,
      String mode) {
    this.rest = URI.create("http://127.0.0.1:" + port + "/");
    this.program = Program.start(ConnectServer.class, folder, properties, virtualMachine, mode);
    awaitReady();
  }

  /**
   * Starts one that keeps its offsets in a file of the folder, and forgets its connectors when it
   * ends.
   *
   * @param pluginPath whose folders hold a plugin each
   * @param more properties, also in place of the usual ones
   */
  public static ConnectWorker standalone(
      Path folder, KafkaBroker broker, Path pluginPath, Map<String, String> more) {
    int port = FreePort.find();
    Map<String, String> properties = properties(port, broker, pluginPath);
    properties.put("offset.storage.file.filename", folder.resolve("offsets").toString());
    properties.putAll(more);
    return new ConnectWorker(folder, port, properties, SMALL, ConnectServer.STANDALONE);
  }

  /**
   * Starts one of a group, whose members share their connectors and outlive each other.
   *
   * @param more properties, also in place of the usual ones, as {@code group.id}
   */
  public static ConnectWorker distributed(
      Path folder, KafkaBroker broker, Path pluginPath, Map<String, String> more) {
    return distributed(folder, broker, pluginPath, more, SMALL);
  }

  /** As the other, with options for its virtual machine, for measurements. */
  public static ConnectWorker distributed(
      Path folder,
      KafkaBroker broker,
      Path pluginPath,
      Map<String, String> more,
      List<String> virtualMachine) {
    int port = FreePort.find();
    Map<String, String> properties = properties(port, broker, pluginPath);
    properties.put("group.id", "connect");
    for (String storage : List.of("config", "offset", "status")) {
      properties.put(storage + ".storage.topic", "connect-" + storage);
      properties.put(storage + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    properties.put("session.timeout.ms", "3000");
    properties.put("heartbeat.interval.ms", "500");
    properties.put("scheduled.rebalance.max.delay.ms", "500");
    properties.putAll(more);
    return new ConnectWorker(folder, port, properties, virtualMachine, "distributed");
  }

  private static Map<String, String> properties(int port, KafkaBroker broker, Path pluginPath) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("listeners", "http://127.0.0.1:" + port);
    properties.put("plugin.path", pluginPath.toString());
    properties.put("plugin.discovery", "service_load"); // It scans no class path, so it is quick.
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter.schemas.enable", "false");
    properties.put("offset.flush.interval.ms", "1000");
    return properties;
  }

  private void awaitReady() {
    program.await(this::isHealthy);
  }

  private boolean isHealthy() {
    try {
      return get("health").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Its REST interface; host and port are its {@code worker_id}, too. */
  public URI rest() {
    return rest;
  }

  /** Gets, as {@code connectors/mine/status}. */
  public Response get(String path) {
    return send(HttpRequest.newBuilder(rest.resolve(path)).GET());
  }

  /** Puts JSON, as {@code connectors/mine/config}, which creates a connector or changes it. */
  public Response put(String path, String json) {
    return send(withJson(path).PUT(BodyPublishers.ofString(json)));
  }

  /** Posts JSON, as {@code connectors/mine/restart}. */
  public Response post(String path, String json) {
    return send(withJson(path).POST(BodyPublishers.ofString(json)));
  }

  /** Deletes, as {@code connectors/mine}. */
  public Response delete(String path) {
    return send(HttpRequest.newBuilder(rest.resolve(path)).DELETE());
  }

  private HttpRequest.Builder withJson(String path) {
    return HttpRequest.newBuilder(rest.resolve(path)).header("Content-Type", "application/json");
  }

  private Response send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Response(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What it has logged: warnings and errors. */
  public String log() {
    return program.log();
  }

  /** Of its process. */
  public long pid() {
    return program.pid();
  }

  /** Ends it in order. */
  public void stop() {
    program.stop();
  }

  /** Ends it by SIGKILL. */
  public void kill() {
    program.kill();
  }

  /** Starts it on the same port; one of a group has its connectors again. */
  public void startAgain() {
    program.launchAgain();
    awaitReady();
  }

  /** Ends it for good, without ceremony. */
  @Override
  public void close() {
    program.kill();
  }
}
