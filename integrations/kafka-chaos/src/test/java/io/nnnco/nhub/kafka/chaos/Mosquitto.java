package io.nnnco.nhub.kafka.chaos;

import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real MQTT server: with client certificates for receivers, and a plain port for devices. */
final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int bridgePort = freePort(15_000);
  private final int devicePort = freePort(24_000);
  private final Process process;

  Mosquitto(Path folder) {
    this.folder = folder;
    CertificateAuthority authority = CertificateAuthority.create("Chaos CA");
    KeyedCertificate server = authority.issueServer();
    Instant now = Instant.now();
    KeyedCertificate client =
        authority.issueClient("svc-acme", "test", now.minusSeconds(60), now.plusSeconds(86_400));
    write("ca.crt", PemWriter.of(authority.certificate()));
    write("server.crt", PemWriter.of(server.certificate()));
    write("server.key", PemWriter.pkcs8(server.key()));
    write("client.crt", PemWriter.of(client.certificate()));
    write("client.key", PemWriter.pkcs8(client.key()));
    write("conf", configuration());
    process = start();
    while (!(listens(bridgePort) && listens(devicePort))) {
      if (!process.isAlive()) {
        throw new AssertionError("mosquitto does not start, see " + folder.resolve("log"));
      }
      Thread.onSpinWait();
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(PROGRAM.toString(), "-c", folder.resolve("conf").toString())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new AssertionError(PROGRAM + " is missing: apt-get install mosquitto", e);
    }
  }

  private String configuration() {
    return """
        user root
        per_listener_settings true
        max_queued_messages 0
        max_inflight_messages 0
        persistence true
        persistence_location %1$s/
        log_type error
        log_type warning
        log_type subscribe

        listener %2$d 127.0.0.1
        cafile %1$s/ca.crt
        certfile %1$s/server.crt
        keyfile %1$s/server.key
        require_certificate true
        use_identity_as_username true

        listener %3$d 127.0.0.1
        allow_anonymous true
        """
        .formatted(folder, bridgePort, devicePort);
  }

  /** Below the ports that the system gives out by itself. */
  private static int freePort(int from) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(from, from + 8_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(Files.createDirectories(folder).resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until somebody has subscribed with QoS 1: from then on, it keeps the messages of the
   * devices. (The doctor, by which the connector checks its configuration, subscribes with QoS 0.)
   */
  void awaitSubscriber() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!history().contains(" 1 v4/groups/")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Nobody subscribes: " + history());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private String history() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With {@code ca.crt}, {@code client.crt} and {@code client.key}. */
  Path credentials() {
    return folder;
  }

  int bridgePort() {
    return bridgePort;
  }

  int devicePort() {
    return devicePort;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
