package io.nnnco.nhub.examples.postgresql;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A real broker, with a port for the SDK and one for {@code mosquitto_pub}. */
final class MosquittoServer {
  private final Path directory;
  private final CertificateAuthority authority = CertificateAuthority.create("Broker CA");
  private final int port = Programs.freePort();
  private final int publisherPort = Programs.freePort();
  private final Process process;

  private MosquittoServer(Path directory) throws Exception {
    Path program = Programs.required("mosquitto", Stream.of(Path.of("/usr/sbin")), "mosquitto");
    this.directory = directory;
    KeyedCertificate server = authority.issueServer();
    write("ca.crt", PemWriter.of(authority.certificate()));
    write("server.crt", PemWriter.of(server.certificate()));
    write("server.key", PemWriter.pkcs8(server.key()));
    write("conf", configuration());
    process =
        Programs.start(
            List.of(program.toString(), "-c", directory.resolve("conf").toString()),
            directory.resolve("log"));
    Eventually.isTrue("mosquitto listens", () -> listens(port) && listens(publisherPort));
  }

  static MosquittoServer start(Path directory) throws Exception {
    return new MosquittoServer(directory);
  }

  private String configuration() {
    return """
        per_listener_settings true
        user root
        max_queued_messages 0
        log_type error
        log_type subscribe
        listener %1$d 127.0.0.1
        cafile %2$s/ca.crt
        certfile %2$s/server.crt
        keyfile %2$s/server.key
        require_certificate true
        use_identity_as_username true
        listener %3$d 127.0.0.1
        allow_anonymous true
        """
        .formatted(port, directory, publisherPort);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code host:port}. */
  String address() {
    return "localhost:" + port;
  }

  ClientIdentity identity() {
    Instant now = Instant.now();
    KeyedCertificate issued =
        authority.issueClient("svc-acme", "test", now.minusSeconds(60), now.plusSeconds(86_400));
    return ClientIdentity.fromPem(
        PemWriter.of(issued.certificate()),
        PemWriter.pkcs8(issued.key()),
        PemWriter.of(authority.certificate()));
  }

  /** Publishes each line as a message of QoS 1, by {@code mosquitto_pub}. */
  Process publish(String topic, Path lines) throws IOException {
    String host = String.valueOf(publisherPort);
    return new ProcessBuilder("mosquitto_pub", "-p", host, "-q", "1", "-t", topic, "-l")
        .redirectInput(lines.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("publishers").toFile())
        .start();
  }

  /** Whether the example has subscribed, so that nothing is lost from now on. */
  boolean hasSession() throws IOException {
    return Files.readString(directory.resolve("log")).contains("nhub-uplinks-to-postgres 1 v4/");
  }

  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
