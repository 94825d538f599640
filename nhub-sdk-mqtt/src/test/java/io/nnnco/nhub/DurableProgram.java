package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A program of {@code nhub-sdk-brokers} that keeps in its folder what it knows. */
final class DurableProgram implements DurableBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int ATTEMPTS = 4;
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

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

  /** Again if it does not listen: Moquette sometimes hangs at its start. */
  private void launch() throws IOException, InterruptedException {
    process = started();
    for (int attempt = 1; !listensSoon(process); attempt++) {
      process.destroyForcibly().waitFor();
      if (attempt == ATTEMPTS) {
        throw new AssertionError(
            program + " does not listen: " + Files.readString(BrokerProgram.log(folder)));
      }
      process = started();
    }
    publisher = new Publisher(port, certificate());
  }

  private Process started() throws IOException {
    return BrokerProgram.start(module, program, folder, String.valueOf(port));
  }

  private boolean listensSoon(Process launched) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (launched.isAlive() && !LoopbackPort.listens(port) && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return launched.isAlive() && LoopbackPort.listens(port);
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
