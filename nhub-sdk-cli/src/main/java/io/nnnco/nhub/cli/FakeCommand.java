package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
          "The directory for ca.crt, client.crt, client.key and fake.json. A fake started again in it"
              + " keeps them, and its ports. Default: a new temporary directory.")
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

  @Mixin private FakeDevicesOptions devices = new FakeDevicesOptions();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, such as 0.0.0.0 in a container. Whoever reaches it can read the"
              + " fake's data. Default: this machine only.")
  private @Nullable InetAddress bind;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A host name or address under which clients reach the fake; its certificates are valid for"
              + " it. May be repeated; the first goes into fake.json.")
  private List<String> hosts = List.of();

  @Option(
      names = "--https",
      description = "Serve the REST API over https, as clients on other machines need.")
  private boolean https;

  @Option(
      names = "--reject-in-handshake",
      description =
          "Reject revoked, expired and foreign certificates in the TLS handshake, not at CONNECT.")
  private boolean rejectInHandshake;

  @Option(
      names = "--grant-foreign",
      description =
          "Grant subscriptions to other enterprises' topics, which get nothing, instead of refusing"
              + " them.")
  private boolean grantForeign;

  @Option(
      names = "--max-queued",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many messages wait for a client. Default: ${DEFAULT-VALUE}.")
  private int maxQueued;

  @Option(
      names = "--permissive",
      description = "Do not check scopes, and let clients publish, for general MQTT tools.")
  private boolean permissive;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = commandSpec().commandLine().getOut();
    FakeDirectory former = new FakeDirectory(directory());
    former.prove();
    try (FakeNHub fake = start(former);
        FakeLog log = new FakeLog(out)) {
      FakeDirectory directory = former.with(control.of(fake));
      directory.write(fake, enterprise);
      CompletableFuture<Void> devicesEnd = devices.start(fake);
      out.print(directory.linesToPaste(fake, enterprise));
      out.flush();
      log.follow(fake);
      awaitInterrupt(devicesEnd);
    }
    return ExitCode.SUCCESS.code();
  }

  private FakeNHub start(FakeDirectory directory) {
    try {
      FakeNHubBuilder builder =
          directory
              .goOn(FakeNHub.builder(), apiPort, mqttPort)
              .enterprises(Enterprise.of(enterprise).code())
              .maxQueuedMessages(maxQueued)
              .faultCheck(false)
              .leakCheck(false);
      if (bind != null || !hosts.isEmpty()) {
        builder.bind(
            bind == null ? InetAddress.getLoopbackAddress() : bind, hosts.toArray(String[]::new));
      }
      if (https) {
        builder.https();
      }
      if (rejectInHandshake) {
        builder.rejectCertificatesInHandshake();
      }
      if (grantForeign) {
        builder.grantForeignSubscriptions();
      }
      devices.check();
      control.configure(builder, directory);
      return (permissive ? builder.permissive() : builder).start();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw mistake(e.getMessage());
    }
  }

  private Path directory() throws IOException {
    return dir == null ? Files.createTempDirectory("nhub-fake-") : dir;
  }

  /** Until an interrupt, or until the devices fail, which must not pass in silence. */
  private static void awaitInterrupt(CompletableFuture<Void> devicesEnd) {
    try {
      devicesEnd.get();
      new CountDownLatch(1).await(); // the control API has stopped them, and not the fake
    } catch (ExecutionException e) {
      throw new IllegalStateException("The simulated devices have stopped.", e.getCause());
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
