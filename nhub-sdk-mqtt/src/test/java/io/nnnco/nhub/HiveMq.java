package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** HiveMQ CE as a process of its own. */
final class HiveMq implements ScopedBroker {
  private static final int NO_DOCKER = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BrokerKeys keys = new BrokerKeys();
  private final Path folder;
  private final Process process;
  private final int[] ports;
  private final Publisher publisher;

  private HiveMq(Path folder, String program) throws Exception {
    this.folder = folder;
    keys.writeKeyStores(folder);
    process = BrokerProgram.start("hivemq", program, folder);
    ports = awaitPorts();
    publisher = new Publisher(certificatePort(), certificate());
  }

  /** In the process itself. */
  static HiveMq embedded(Path folder) throws Exception {
    return new HiveMq(folder, "EmbeddedHiveMq");
  }

  /** In a container. */
  static HiveMq inContainer(Path folder) throws Exception {
    return new HiveMq(folder, "HiveMqContainers");
  }

  /** There is no Docker on this machine, or no image for it. */
  static final class NoDockerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoDockerException() {
      super("no Docker on this machine, or none that can get the image");
    }
  }

  private int[] awaitPorts() throws IOException {
    Path file = folder.resolve("ports");
    Eventually.isTrue(
        () -> "HiveMQ listens", () -> Files.exists(file) || !process.isAlive(), PATIENCE);
    if (!Files.exists(file)) {
      if (process.exitValue() == NO_DOCKER) {
        throw new NoDockerException();
      }
      throw new AssertionError(Files.readString(BrokerProgram.log(folder)));
    }
    return Arrays.stream(Files.readString(file).split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public int certificatePort() {
    return ports[0];
  }

  @Override
  public int passwordPort() {
    return ports[1];
  }

  /** A server with less to give: QoS 0, no shared groups or wildcards, short times. */
  int limitedPort() {
    return ports[2];
  }

  @Override
  public Credentials certificate() {
    return keys.certificate();
  }

  @Override
  public Credentials password(boolean right) {
    return keys.password(right);
  }

  @Override
  public void publish(String topic, String payload) {
    publisher.publish(topic, payload);
  }

  @Override
  public boolean sharesInTurn() {
    return false;
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    publisher.close();
    BrokerProgram.stop(process);
  }
}
