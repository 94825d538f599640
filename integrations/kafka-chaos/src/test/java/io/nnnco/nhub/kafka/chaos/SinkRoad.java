package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.docs.ChildJvm;
import io.nnnco.nhub.examples.kafka.KafkaSinkProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The program of the example, in a process of its own. */
final class SinkRoad implements Road {
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final List<String> virtualMachine;
  private final Path folder;
  private final String servers;
  private final Mosquitto bridge;
  private @Nullable Process process;

  SinkRoad(Path folder, String servers, Mosquitto bridge) {
    this(folder, servers, bridge, SMALL);
  }

  SinkRoad(Path folder, String servers, Mosquitto bridge, List<String> virtualMachine) {
    this.virtualMachine = virtualMachine;
    this.folder = folder;
    this.servers = servers;
    this.bridge = bridge;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(folder);
      process =
          new ProcessBuilder(
                  ChildJvm.command(
                      virtualMachine,
                      KafkaSinkProcess.class,
                      String.valueOf(bridge.bridgePort()),
                      bridge.credentials().toString(),
                      Fleet.ENTERPRISE,
                      servers,
                      folder.toString()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    close();
  }

  @Override
  public void killAndRestart(Random random) {
    close();
    start();
  }

  /** It needs no Kafka to start. */
  @Override
  public void awaitRestarted() {}

  @Override
  public long residentBytes() {
    return process == null ? 0 : Memory.residentBytes(process.pid());
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
