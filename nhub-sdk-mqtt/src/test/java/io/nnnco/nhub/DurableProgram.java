package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program of {@code nhub-sdk-brokers} that keeps in its folder what it knows. */
final class DurableProgram implements DurableBroker {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BrokerKeys keys = new BrokerKeys();
  private final int port = LoopbackPort.free();
  private final String module;
  private final String program;
  private final Path folder;
  private Process process;
  private Publisher publisher;

  private DurableProgram(String module, String program, Path folder) throws Exception {
    this.module = module;
    this.program = program;
    this.folder = folder;
    keys.writeKeyStores(folder);
    launch();
  }

  static DurableProgram hiveMq(Path folder) throws Exception {
    return new DurableProgram("hivemq", "DurableHiveMq", folder);
  }

  static DurableProgram artemis(Path folder) throws Exception {
    return new DurableProgram("artemis", "DurableArtemis", folder);
  }

  static DurableProgram moquette(Path folder) throws Exception {
    return new DurableProgram("moquette", "DurableMoquette", folder);
  }

  private void launch() throws IOException {
    process = BrokerProgram.start(module, program, folder, String.valueOf(port));
    Eventually.isTrue(
        () -> program + " listens",
        () -> LoopbackPort.listens(port) || !process.isAlive(),
        PATIENCE);
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(BrokerProgram.log(folder)));
    }
    publisher = new Publisher(port, certificate());
  }

  @Override
  public int certificatePort() {
    return port;
  }

  @Override
  public Credentials certificate() {
    return keys.certificate();
  }

  @Override
  public void publish(String topic, String payload) {
    publisher.publish(topic, payload);
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    stop();
    launch();
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    publisher.close();
    BrokerProgram.stop(process);
  }
}
