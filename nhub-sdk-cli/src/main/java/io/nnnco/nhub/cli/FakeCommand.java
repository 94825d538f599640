package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nhub fake}: an N-Hub on this machine, for clients in any language. */
@Command(
    name = "fake",
    description = "Runs a fake N-Hub with simulated devices on this machine until interrupted.",
    sortOptions = false)
final class FakeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "The directory for ca.crt, client.crt, client.key and fake.json. Default: a new temporary"
              + " directory.")
  private @Nullable Path dir;

  @Option(
      names = "--api-port",
      paramLabel = "N",
      description = "Port of the REST API. Default: any free one.")
  private int apiPort;

  @Option(
      names = "--mqtt-port",
      paramLabel = "N",
      description = "Port of the MQTT bridge. Default: any free one.")
  private int mqttPort;

  @Mixin private FakeControlOptions control = new FakeControlOptions();

  @Option(
      names = "--enterprise",
      paramLabel = "CODE",
      defaultValue = FakeNHub.DEFAULT_ENTERPRISE,
      description = "The enterprise of the devices. Default: ${DEFAULT-VALUE}.")
  private String enterprise = FakeNHub.DEFAULT_ENTERPRISE;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many devices; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int devices;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      defaultValue = "1/s",
      converter = Rate.Converter.class,
      description = "How many uplinks all devices send together. Default: ${DEFAULT-VALUE}.")
  private Rate rate = new Rate(1);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed for the devices and their readings. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--permissive",
      description = "Do not check scopes, and let clients publish, for general MQTT tools.")
  private boolean permissive;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = commandSpec().commandLine().getOut();
    try (FakeNHub fake = start();
        FakeLog log = new FakeLog(out)) {
      FakeDirectory directory = new FakeDirectory(directory(), control.of(fake));
      directory.write(fake, enterprise);
      if (devices > 0) {
        fake.simulator().devices(devices).rate(rate.perSecond()).joins().seed(seed).start();
      }
      out.print(directory.linesToPaste(fake, enterprise));
      out.flush();
      log.follow(fake);
      awaitInterrupt();
    }
    return ExitCode.SUCCESS.code();
  }

  private FakeNHub start() {
    try {
      FakeNHubBuilder builder =
          FakeNHub.builder()
              .enterprises(Enterprise.of(enterprise).code())
              .apiPort(apiPort)
              .mqttPort(mqttPort)
              .leakCheck(false);
      if (devices < 0) {
        throw mistake("--devices must not be negative, but is " + devices + ".");
      }
      control.configure(builder, dir);
      return (permissive ? builder.permissive() : builder).start();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw mistake(e.getMessage());
    }
  }

  private Path directory() throws IOException {
    return dir == null ? Files.createTempDirectory("nhub-fake-") : dir;
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // the request to stop
    }
  }

  private ParameterException mistake(@Nullable String message) {
    return new ParameterException(
        commandSpec().commandLine(), message == null ? "The fake cannot start." : message);
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("Not started by picocli.");
    }
    return spec;
  }
}
