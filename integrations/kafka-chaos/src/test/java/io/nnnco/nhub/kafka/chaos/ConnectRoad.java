package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.brokers.kafka.ConnectWorker;
import io.nnnco.nhub.brokers.kafka.KafkaBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source connector with one task, in a group of workers, usually two. */
final class ConnectRoad implements Road {
  private static final Pattern TASK_WORKER =
      Pattern.compile("\"tasks\":\\[\\{[^]]*\"worker_id\":\"([^\"]+)\"");

  private final Path folder;
  private final KafkaBroker kafka;
  private final Mosquitto bridge;
  private final int size;
  private final List<String> virtualMachine;
  private final List<ConnectWorker> workers = new ArrayList<>();
  private CompletableFuture<Void> started = CompletableFuture.completedFuture(null);

  ConnectRoad(Path folder, KafkaBroker kafka, Mosquitto bridge) {
    this(folder, kafka, bridge, 2, ConnectWorker.SMALL);
  }

  ConnectRoad(
      Path folder, KafkaBroker kafka, Mosquitto bridge, int size, List<String> virtualMachine) {
    this.folder = folder;
    this.kafka = kafka;
    this.bridge = bridge;
    this.size = size;
    this.virtualMachine = virtualMachine;
  }

  @Override
  public void start() {
    Path plugins = Path.of(System.getProperty("kafka.plugins"));
    for (int number = 1; number <= size; number++) {
      Path own = folder.resolve("worker-" + number);
      workers.add(ConnectWorker.distributed(own, kafka, plugins, Map.of(), virtualMachine));
    }
    ConnectWorker.Response response = workers.get(0).put("connectors/chaos/config", connector());
    if (response.status() != 201) {
      throw new AssertionError("Not created: " + response);
    }
  }

  private String connector() {
    return """
        {
          "connector.class": "io.nnnco.nhub.kafka.connect.NHubSourceConnector",
          "tasks.max": "1",
          "nhub.mqtt": "localhost:%d",
          "nhub.enterprise": "%s",
          "nhub.credentials.directory": "%s",
          "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter"
        }
        """
        .formatted(bridge.bridgePort(), Fleet.ENTERPRISE, bridge.credentials());
  }

  /** The worker with the task; every third time both, with the connector and all that they know. */
  @Override
  public void killAndRestart(Random random) {
    awaitRestarted();
    boolean all = size == 1 || random.nextInt(3) == 0;
    List<ConnectWorker> victims = all ? workers : List.of(receiving());
    victims.forEach(ConnectWorker::kill);
    started = CompletableFuture.runAsync(() -> victims.forEach(ConnectWorker::startAgain));
  }

  @Override
  public void kill() {
    workers.forEach(ConnectWorker::kill);
  }

  @Override
  public void awaitRestarted() {
    started.join();
  }

  private ConnectWorker receiving() {
    String status = workers.get(0).get("connectors/chaos/status").body();
    Matcher found = TASK_WORKER.matcher(status);
    if (!found.find()) {
      throw new AssertionError("No task: " + status);
    }
    return workers.stream()
        .filter(worker -> worker.rest().getAuthority().equals(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public long residentBytes() {
    return workers.stream().mapToLong(worker -> Memory.residentBytes(worker.pid())).max().orElse(0);
  }

  @Override
  public void close() {
    started.exceptionally(failure -> null).join();
    workers.forEach(ConnectWorker::close);
  }
}
